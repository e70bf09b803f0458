// In the page: draws each card of `gallery` in each theme and width. Which of them are shown is up to the boxes.
const { AdaptiveCard, GlobalSettings, HostConfig } = AdaptiveCards;
const NAMES = {
  en: 'English',
  fr: 'French',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
  320: '320 px',
  720: '720 px',
};
const AT_FIRST = ['en', 'light', '320', '720'];

GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true;
GlobalSettings.setTabIndexAtCardRoot = false;
const markdown = markdownit();
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const hostConfigs = Object.fromEntries(
  gallery.themes.map((theme) => [theme, new HostConfig(gallery.hostConfigs[theme])]),
);

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Teams shows the title of what is chosen in a list that filters; this renderer would show its value. */
function asShown(node) {
  if (Array.isArray(node)) return node.map(asShown);
  if (typeof node !== 'object' || node === null) return node;
  const shown = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, asShown(value)]));
  if (shown.type === 'Input.ChoiceSet' && shown.style === 'filtered') {
    shown.value = shown.choices.find(({ value }) => value === shown.value)?.title;
    delete shown['choices.data'];
  }
  return shown;
}

function drawn(json, theme) {
  const card = new AdaptiveCard();
  card.hostConfig = hostConfigs[theme];
  card.parse(json);
  const rendered = card.render();
  // It labels the box around a list that filters, not the field in it.
  for (const field of rendered.querySelectorAll('[aria-labelledby] > .ac-choiceSetInput-filtered')) {
    field.setAttribute('aria-labelledby', field.parentElement.getAttribute('aria-labelledby'));
  }
  return rendered;
}

function figure({ language, card }, theme, width) {
  const caption = `${NAMES[language]}, ${NAMES[theme].toLowerCase()}, ${width} px`;
  const box = element('div', { className: 'card', lang: language }, drawn(card, theme));
  box.style.width = `${width}px`;
  const className = `shown-${language} shown-${theme} shown-${width} ${theme}`;
  return element('figure', { className }, element('figcaption', {}, caption), box);
}

function section(name) {
  const versions = gallery.cards.filter((each) => each.name === name);
  const rows = versions.flatMap(({ language, card }) => {
    const version = { language, card: asShown(card) };
    return gallery.themes.map((theme) =>
      element('div', { className: 'row' }, ...gallery.widths.map((width) => figure(version, theme, width))),
    );
  });
  const made = element('section', { id: idOf(name) }, element('h2', {}, name), ...rows);
  made.dataset.card = name;
  return made;
}

const idOf = (name) => name.replace(/[^a-z0-9]+/gi, '-');

function box(option) {
  const input = element('input', { type: 'checkbox', id: `show-${option}` });
  input.checked = AT_FIRST.includes(String(option));
  return element('label', {}, input, ` ${NAMES[option]}`);
}

const choices = { Language: gallery.languages, Theme: gallery.themes, Width: gallery.widths };
document
  .getElementById('show')
  .append(
    ...Object.entries(choices).map(([legend, options]) =>
      element('fieldset', {}, element('legend', {}, legend), ...options.map(box)),
    ),
  );
const names = [...new Set(gallery.cards.map(({ name }) => name))];
document
  .getElementById('index')
  .append(...names.map((name) => element('a', { href: `#${idOf(name)}` }, name)));
document.getElementById('cards').append(...names.map(section));
