/** Returns the median. */
export function median(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}

/** Returns the median, the minimum and the maximum. */
export function spread(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * Measures the subjects in turn, round by round, so that other load on the machine affects all of them equally.
 *
 * @param subjects The subjects by name.
 * @param measure Measures a subject for one round. Returns numbers by name.
 * @returns The rounds of each subject.
 */
export async function interleave(subjects, rounds, measure) {
  const measured = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, subject] of Object.entries(subjects)) {
      measured[name].push(await measure(subject));
    }
  }
  return measured;
}

/** Returns the ratios of two subjects, round by round. */
export function ratios(rounds, to, key) {
  return spread(rounds.map((round, index) => round[key] / to[index][key]));
}

/** Runs `work` repeatedly for `milliseconds`, `concurrency` at a time. */
export async function load(work, concurrency, milliseconds) {
  const latencies = [];
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  const end = begin + milliseconds;
  const worker = async () => {
    for (let now = performance.now(); now < end; ) {
      await work();
      const after = performance.now();
      latencies.push(after - now);
      now = after;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const elapsed = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpuBefore);
  latencies.sort((one, other) => one - other);
  return {
    perSecond: (latencies.length / elapsed) * 1_000,
    p50: latencies[Math.floor(latencies.length * 0.5)],
    p99: latencies[Math.floor(latencies.length * 0.99)],
    cpu: (user + system) / latencies.length,
  };
}

/** Returns the nanoseconds of one synchronous run, measured for `milliseconds`. */
export function timeOf(work, milliseconds) {
  const begin = performance.now();
  let runs = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    for (let index = 0; index < 500; index += 1) work();
    runs += 500;
    elapsed = performance.now() - begin;
  }
  return (elapsed / runs) * 1e6;
}
