import { type Place, Places } from '../../notifications/places';

/** Somebody who holds a place until they are told to leave. */
function visitor(places: Places) {
  let leaves = () => {};
  const stays = new Promise<void>((resolve) => (leaves = resolve));
  const seen: { place?: Place } = {};
  const gone = places.in(async (place) => {
    seen.place = place;
    await stays;
  });
  return { seen, leaves, gone };
}

it('lets so many in, and the others one after the other as places come free', async () => {
  const places = new Places(2, 10_000, () => 0);
  const [first, second, third, fourth] = [1, 2, 3, 4].map(() => visitor(places));
  expect([first, second, third, fourth].map((each) => each?.seen.place !== undefined)).toEqual([
    ...[true, true],
    ...[false, false],
  ]);
  second?.leaves();
  await second?.gone;
  expect([third?.seen.place !== undefined, fourth?.seen.place !== undefined]).toEqual([true, false]);
});

it('gives a place on also when the work in it fails', async () => {
  const places = new Places(1, 10_000, () => 0);
  await expect(places.in(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await places.in(async () => 'in')).toBe('in');
});

it('wants a place back when others wait and it was held for long enough, and not before', async () => {
  let now = 0;
  const places = new Places(1, 10_000, () => now);
  const first = visitor(places);
  now = 20_000;
  expect(first.seen.place?.isWanted()).toBe(false);
  const second = visitor(places);
  expect(first.seen.place?.isWanted()).toBe(true);
  first.leaves();
  await first.gone;
  visitor(places);
  expect(second.seen.place?.isWanted()).toBe(false);
  now = 30_000;
  expect(second.seen.place?.isWanted()).toBe(true);
});
