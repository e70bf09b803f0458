import { bind } from '../../cards/bind';

const card = bind<{ text: string }>({
  type: 'AdaptiveCard',
  body: [
    { type: 'TextBlock', text: '${text}' },
    { type: 'FactSet', facts: [{ title: 'name', value: '${text}' }] },
    { type: 'Input.Text', label: '${text}', value: '${text}' },
  ],
});

/** How a text stands where Markdown is read, and where it is not. */
function bound(text: string): { markdown: string; plain: string } {
  const [block, facts, input] = card({ text }).body as [
    { text: string },
    { facts: { value: string }[] },
    { label: string },
  ];
  expect(facts.facts[0]?.value).toBe(block.text);
  return { markdown: block.text, plain: input.label };
}

it.each([
  ['**bold** and *em*', '\\*\\*bold\\*\\* and \\*em\\*'],
  ['[link](https://evil.example)', '\\[link\\](https://evil.example)'],
  ['<at>All</at>', '\\<at\\>All\\</at\\>'],
  ['&lt;b&#62; & co', '\\&lt;b\\&#62; & co'],
  ['_em_ but jo_ann@contoso.com', '\\_em\\_ but jo_ann@contoso.com'],
  ['{{DATE(2026-11-24,SHORT)}}', '\\{\\{DATE(2026-11-24,SHORT)}}'],
  ['${company} `code` ~~no~~', '${company} \\`code\\` \\~\\~no\\~\\~'],
  ['# heading', '\\# heading'],
  ['- item', '\\- item'],
  ['1. first', '1\\. first'],
  ['a break\\\nhere', 'a break\\\\\nhere'],
  ['C:\\users and \\*', 'C:\\users and \\\\\\*'],
  ['Jean-Paul (Contoso) #1 + 2.0!', 'Jean-Paul (Contoso) #1 + 2.0!'],
])('%p is shown as it is written', (text, markdown) => {
  expect(bound(text)).toEqual({ markdown, plain: text });
});

it('marks that turn the direction of a text, and controls, are left out', () => {
  expect(bound('a\u202Eb\u2066c\u0000d\u200Fe')).toEqual({ markdown: 'abcde', plain: 'abcde' });
});
