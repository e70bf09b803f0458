import { shortened } from '../../cards/shortened';

it.each([
  ['what fits', 'abcd', 4, 'abcd'],
  ['letters of two bytes that fit', 'éééé', 4, 'éééé'],
  ['one letter too many', 'abcde', 4, 'abc…'],
  ['a blank at the end of what is kept', 'ab cd', 4, 'ab…'],
  ['too many bytes, though few letters', '漢字漢字', 5, '漢字…'],
  ['letters of four bytes', '𠮷𠮷𠮷𠮷𠮷𠮷', 6, '𠮷𠮷…'],
  ['letters of two units that fit', '𠮷a', 3, '𠮷a'],
  ['the last letter that there is room for', 'aaaaaé漢', 6, 'aaaaa…'],
])('shortens %s', (_what, text, most, short) => {
  expect(shortened(text, most)).toBe(short);
  expect(Buffer.byteLength(short)).toBeLessThanOrEqual(2 * most);
});
