// Whether a name can be shown to a person who decides by it: what they read must be what is meant. The rules are those of Unicode
// Technical Standard 39 for identifiers, as far as a name with punctuation can follow them.

/** Letters of other scripts that are drawn like Latin ones. A word of these alone would be read as a Latin word. */
const lookalikes =
  /^[асԁеһіјӏорԛѕԝхуьАВСЕНІЈКМОРЅТХУԌԚԜаονρΑΒΕΖΗΙΚΜΝΟΡΤΥΧօոհսցյ\p{Script=Lisu}\p{Script=Cherokee}\p{Script=Coptic}\p{N}]+$/u

/** Scripts with letters that are drawn alike; a word has letters of one of them alone (UTS 39 section 5). */
const alike = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee', 'Coptic', 'Lisu', 'Georgian'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
)

/** Why a person would not read a name as what it is, such as `invisible characters`; undefined when they would. */
export function nameFault(name: string): string | undefined {
  if (/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u.test(name))
    return 'invisible characters'
  if (/^ | $| {2}/.test(name)) return 'spaces that would not be seen'
  if (name.normalize('NFKC') !== name) return 'characters that have another form'
  const words = name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  if (words.some((word) => alike.filter((script) => script.test(word)).length > 1))
    return 'letters of several scripts in one word'
  const drawnAsLatin = words.some((word) => /[^\p{ASCII}]/u.test(word) && lookalikes.test(word))
  return drawnAsLatin ? 'a word that looks like a Latin one' : undefined
}
