// Checks of the file with the places of addresses.
import { readFile } from 'node:fs/promises'
import type { Config } from '../../config.ts'
import { MmdbReader } from '../../iam/places/mmdb.ts'
import { isProblem } from '../../problem.ts'
import { type Finding, fail, findingsOf, ok, warn } from './finding.ts'

const day = 86_400
/** Days after which addresses have moved: such files are published every week or month. */
const oldAfter = 90

/** @param now epoch seconds */
export const checkPlaces = (
  { file: { places } }: Pick<Config, 'file'>,
  now: number,
): Promise<readonly Finding[]> => {
  const remedy =
    'give `places.database` in the configuration file the path of a file that the server can read'
  return findingsOf('places', remedy, async () => {
    if (places === undefined) return [ok('places', 'not configured: addresses are shown without a place')]
    const { database } = places
    try {
      const { type, builtAt, languages } = new MmdbReader(await readFile(database)).metadata
      const made = new Date(builtAt * 1000).toISOString().slice(0, 10)
      const what = `\`${database}\` is ${type} of ${made}, with names in ${languages.join(', ') || 'no language'}`
      return builtAt < now - oldAfter * day
        ? [warn('places', what, 'replace it with a newer one; the server reads it again by itself')]
        : [ok('places', what)]
    } catch (error) {
      if (!isProblem(error, 'invalid_input')) throw error
      return [fail('places', `\`${database}\` ${error.message}`, remedy)]
    }
  })
}
