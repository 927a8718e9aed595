import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { QueueMoment } from '../client/live-state.js';
import { usePlaygroundTexts } from '../language/texts.js';
import { chartData } from './chart-data.js';
import { queueStates } from './queue-states.js';

const shownSeconds = 60;
const movedEveryMs = 500;
const height = 190;

/** Draws the number of messages by state in the last minute. `QueueCounts` shows the same numbers as text. */
export function QueueChart({ moments }: { moments: readonly QueueMoment[] }) {
  const texts = usePlaygroundTexts();
  const frame = useRef<HTMLDivElement>(null);
  const known = useRef(moments);
  const chart = useRef<UPlot | undefined>(undefined);
  known.current = moments;
  useEffect(() => {
    const { current } = frame;
    if (!current) return undefined;
    const drawn = new UPlot(chartOptions(current, texts.queue), [[], ...queueStates.map(() => [])], current);
    chart.current = drawn;
    const move = (): void => show(drawn, known.current);
    const resize = new ResizeObserver(() => drawn.setSize({ width: current.clientWidth, height }));
    resize.observe(current);
    move();
    const moving = window.setInterval(move, movedEveryMs);
    return () => {
      window.clearInterval(moving);
      resize.disconnect();
      drawn.destroy();
    };
  }, [texts]);
  useEffect(() => {
    if (chart.current) show(chart.current, moments);
  }, [moments]);
  return <div class="queue-chart" ref={frame} aria-hidden="true" />;
}

function show(chart: UPlot, moments: readonly QueueMoment[]): void {
  const now = Date.now() / 1_000;
  chart.batch(() => {
    chart.setData(chartData(moments, now - shownSeconds, now), false);
    const most = Math.max(...(chart.data[1] ?? []).map(Number), 0);
    chart.setScale('x', { min: now - shownSeconds, max: now });
    chart.setScale('y', { min: 0, max: Math.max(10, most * 1.1) });
  });
}

interface ChartTexts {
  readonly now: string;
  readonly secondsAgo: (seconds: number) => string;
}

function chartOptions(frame: HTMLElement, texts: ChartTexts): UPlot.Options {
  const ink = () => colourOf(frame, '--ink-soft');
  const grid = { stroke: () => colourOf(frame, '--line'), width: 1 };
  const axis = { stroke: ink, font: '12px system-ui, sans-serif', ticks: { show: false } };
  return {
    width: frame.clientWidth,
    height,
    padding: [10, 20, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false, auto: false }, y: { auto: false } },
    axes: [
      {
        ...axis,
        size: 26,
        grid: { show: false },
        splits: ({ scales }) => [60, 45, 30, 15, 0].map((ago) => (scales.x?.max ?? 0) - ago),
        values: ({ scales }, splits) =>
          splits.map((at) => {
            const ago = Math.round((scales.x?.max ?? 0) - at);
            return ago === 0 ? texts.now : texts.secondsAgo(ago);
          }),
      },
      { ...axis, grid, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
    ],
    series: [{}, ...queueStates.toReversed().map((state) => area(frame, state))],
  };
}

/** The areas are stacked, so the topmost is drawn first. */
function area(frame: HTMLElement, state: string): UPlot.Series {
  const colour = () => colourOf(frame, `--queue-${state}`);
  const paths = UPlot.paths.stepped?.({ align: 1 });
  return { stroke: colour, fill: colour, width: 0, points: { show: false }, ...(paths && { paths }) };
}

/** Returns a CSS colour of the current appearance. */
function colourOf(frame: HTMLElement, name: string): string {
  frame.style.setProperty('color', `var(${name})`);
  return getComputedStyle(frame).color;
}
