import type { ComponentProps } from 'react';
import { type OnDemand, onDemand } from '../app/on-demand.tsx';
import type { AllRunsCharts as ChartsOfAll } from '../charts/AllRunsCharts.tsx';
import type { ChartsPage as Charts } from '../charts/ChartsPage.tsx';
import type { ContentsTab as Contents } from '../contents/ContentsTab.tsx';
import type { SideBySidePage as Sides } from '../side-by-side/SideBySidePage.tsx';

export const ChartsPage: OnDemand<ComponentProps<typeof Charts>> = onDemand(
  async () => (await import('../charts/ChartsPage.tsx')).ChartsPage,
);

export const AllRunsCharts: OnDemand<ComponentProps<typeof ChartsOfAll>> = onDemand(
  async () => (await import('../charts/AllRunsCharts.tsx')).AllRunsCharts,
);

export const SideBySidePage: OnDemand<ComponentProps<typeof Sides>> = onDemand(
  async () => (await import('../side-by-side/SideBySidePage.tsx')).SideBySidePage,
);

/** What is in a file. */
export const ContentsTab: OnDemand<ComponentProps<typeof Contents>> = onDemand(
  async () => (await import('../contents/ContentsTab.tsx')).ContentsTab,
);

/** What is likely to be asked for next in a run, the likeliest first. */
export const likelyNext = [SideBySidePage.read, ContentsTab.read, ChartsPage.read] as const;
