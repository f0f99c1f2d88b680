// Languages and time zones that forms propose. Others are accepted too (store/person.ts). Both are made when a form first asks:
// their names are 7 MB of Node's locale data, and 27 ms of a start.
import type { Suggestion } from '../../../views/console/frame/suggest.ts'
import type { Language } from '../../../views/languages/languages.ts'

const codes =
  'ar bg cs da de de-AT de-CH el en en-GB en-US es et fi fr fr-CA fr-CH he hi hr hu id it ja ko lt lv nb nl pl pt pt-BR ro ru sk sl sv th tr uk vi zh-Hans zh-Hant'

const languages = new Map<Language, readonly Suggestion[]>()
let zones: readonly Suggestion[] | undefined

/** @param language in which they are named */
export function languagesKnown(language: Language): readonly Suggestion[] {
  const known = languages.get(language) ?? withNames(codes.split(' '), language)
  languages.set(language, known)
  return known
}

function withNames(all: readonly string[], language: Language): readonly Suggestion[] {
  const names = new Intl.DisplayNames(language, { type: 'language' })
  return all.map((value) => ({ value, label: names.of(value) }))
}

export function timeZones(): readonly Suggestion[] {
  zones ??= ['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value }))
  return zones
}
