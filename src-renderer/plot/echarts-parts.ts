import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

// What is not named here is not in the bundle.
use([CustomChart, GridComponent, CanvasRenderer, SVGRenderer]);

export { init };
