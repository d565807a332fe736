import { GridComponent } from 'echarts/components';
import { graphic, init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

// What is not named here is not in the bundle.
use([GridComponent, CanvasRenderer, SVGRenderer]);

export { graphic, init };
