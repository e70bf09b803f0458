// In the gallery: what a person would stumble over in the cards that it drew.
const LEAST_CONTRAST = 4.5;
const LEAST_SIZE = 24;
const ROUNDING = 1;

/** Of each card the name of its sample, and its faults: "French, dark, 320 px: this is cut: …". */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- for the test
function checkedCards() {
  return [...document.querySelectorAll('.card')].map((card) => {
    const caption = card.parentElement.querySelector('figcaption').textContent;
    return {
      name: card.closest('section').dataset.card,
      faults: faultsOf(card).map((fault) => `${caption}: ${fault}`),
    };
  });
}

function faultsOf(card) {
  const parts = [...card.querySelectorAll('*')].filter((part) => part.getClientRects().length > 0);
  return [
    ...(card.querySelector('[role=heading]')?.textContent ? [] : ['there is no heading']),
    ...parts.flatMap((part) => [
      ...(sticksOut(part, card) ? [`this is wider than the card: ${inWords(part)}`] : []),
      ...(isCut(part) ? [`this is cut: ${inWords(part)}`] : []),
      ...faultsOfColors(part),
      ...(part.matches('input, textarea, select') ? faultsOfInput(part) : []),
      ...(part.matches('button, a, [role=button], [role=link]') ? faultsOfButton(part) : []),
    ]),
  ];
}

function sticksOut(part, card) {
  const [inner, outer] = [part.getBoundingClientRect(), card.getBoundingClientRect()];
  return inner.left < outer.left - ROUNDING || inner.right > outer.right + ROUNDING;
}

function isCut(part) {
  const { overflowX, overflowY, display } = getComputedStyle(part);
  if (display === 'inline' || part.matches('input, textarea, select')) return false;
  const isWider = part.scrollWidth > part.clientWidth + ROUNDING;
  const isHigher = part.scrollHeight > part.clientHeight + ROUNDING;
  return (overflowX !== 'visible' && isWider) || (overflowY !== 'visible' && isHigher);
}

/** A placeholder is no label: it goes when something is typed. */
function faultsOfInput(input) {
  const by = (input.getAttribute('aria-labelledby') ?? '').split(/\s+/);
  const labels = [...by.map((id) => document.getElementById(id)), ...input.labels];
  const placeholder = input.getAttribute('placeholder') ?? '';
  const { font, paddingLeft, paddingRight } = getComputedStyle(input);
  const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  return [
    ...(labels.some((label) => label?.textContent.trim()) ? [] : ['an input has no label']),
    ...(widthOf(placeholder, font) > room ? [`this is cut: ${placeholder}`] : []),
  ];
}

function widthOf(text, font) {
  const context = document.createElement('canvas').getContext('2d');
  context.font = font;
  return context.measureText(text).width;
}

/** Who speaks to their device says what they read: the first line is part of the name. */
function faultsOfButton(button) {
  const name = button.getAttribute('aria-label') ?? button.innerText;
  // The sign of an open or closed row is for the eye only.
  const [read] = button.innerText
    .trim()
    .replace(/^[▸▾]\s*/, '')
    .split('\n');
  const { width, height } = button.getBoundingClientRect();
  return [
    ...(name.trim() ? [] : ['a button has no name']),
    ...(name.includes(read) ? [] : [`a button is named "${name}", but one reads "${read}"`]),
    ...(Math.min(width, height) < LEAST_SIZE ? [`a button is too small: ${name}`] : []),
  ];
}

function faultsOfColors(part) {
  const hasText = [...part.childNodes].some(
    ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent.trim(),
  );
  const colors = [
    ...(hasText || part.matches('input, textarea') ? [getComputedStyle(part).color] : []),
    ...(part.hasAttribute('placeholder') ? [getComputedStyle(part, '::placeholder').color] : []),
  ];
  return colors.flatMap((color) => {
    const behind = backgroundOf(part);
    const ratio = contrast(over(rgba(color), behind), behind);
    return ratio < LEAST_CONTRAST ? [`contrast of only ${ratio.toFixed(2)} : 1: ${inWords(part)}`] : [];
  });
}

function backgroundOf(part) {
  if (!part) return [255, 255, 255, 1];
  const own = rgba(getComputedStyle(part).backgroundColor);
  return own[3] === 1 ? own : over(own, backgroundOf(part.parentElement));
}

function rgba(color) {
  const [red, green, blue, opacity = 1] = color.match(/[\d.]+/g).map(Number);
  return [red, green, blue, opacity];
}

const over = (front, back) => [...[0, 1, 2].map((i) => front[i] * front[3] + back[i] * (1 - front[3])), 1];

/** As WCAG 2 defines it. */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color) {
  const [red, green, blue] = color
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const inWords = (part) => (part.innerText || part.outerHTML).trim().slice(0, 80);
