/** The most of these times, in ascending order, that lie in any stretch of so many milliseconds. */
export function busiest(times: readonly number[], ms: number): number {
  let first = 0;
  let most = 0;
  times.forEach((time, index) => {
    while ((times[first] ?? time) + ms <= time) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
