// Languages and time zones that forms propose. Others are accepted too (store/person.ts).
import type { Suggestion } from '../../../views/console/suggest.ts'

const codes =
  'ar bg cs da de de-AT de-CH el en en-GB en-US es et fi fr fr-CA fr-CH he hi hr hu id it ja ko lt lv nb nl pl pt pt-BR ro ru sk sl sv th tr uk vi zh-Hans zh-Hant'

const names = new Intl.DisplayNames('en', { type: 'language' })

export const languagesKnown: readonly Suggestion[] = codes
  .split(' ')
  .map((value) => ({ value, label: names.of(value) }))

export const timeZones: readonly Suggestion[] = ['UTC', ...Intl.supportedValuesOf('timeZone')].map(
  (value) => ({
    value,
  }),
)
