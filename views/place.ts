// The place of an address in the reader's language.

/** Names by language, for instance `en` and `pt-BR`. */
type Names = Readonly<Record<string, string>>

export interface PlaceView {
  readonly city?: Names | undefined
  readonly country?: Names | undefined
  /** ISO 3166-1 alpha-2. */
  readonly countryCode?: string | undefined
}

const nameIn = (names: Names | undefined, language: string): string | undefined =>
  names?.[language] ?? names?.['en']

/** By language. */
const countryNames = new Map<string, Intl.DisplayNames>()

function countriesIn(language: string): Intl.DisplayNames {
  const known = countryNames.get(language)
  if (known !== undefined) return known
  const made = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  countryNames.set(language, made)
  return made
}

/** From the file; for files without names in this language, from the runtime's own list of countries. */
function countryIn({ country, countryCode }: PlaceView, language: string): string | undefined {
  const own = country?.[language]
  if (own !== undefined || countryCode === undefined) return own ?? nameIn(country, language)
  return countriesIn(language).of(countryCode) ?? nameIn(country, language)
}

/** `Berlin, Germany`; in Japanese the country comes first. Undefined when nothing is known. */
export function placeIn(place: PlaceView | undefined, language: string): string | undefined {
  if (place === undefined) return undefined
  const parts = [nameIn(place.city, language), countryIn(place, language)].filter((one) => one !== undefined)
  const [first] = parts
  if (first === undefined) return undefined
  const different = [...new Set(parts)]
  return language === 'ja' ? different.toReversed().join(' ') : different.join(', ')
}

/** An address with its place, for instance `203.0.113.7 (Berlin, Germany)`. */
export function addressIn(address: string, place: PlaceView | undefined, language: string): string {
  const text = placeIn(place, language)
  return text === undefined ? address : `${address} (${text})`
}
