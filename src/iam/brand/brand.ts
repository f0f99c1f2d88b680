// The brand of an account: what its pages and mails are called and how they look. Callers have been authorized
// (admin/operation.ts). One record holds all of it, so that a change is one compare-and-swap; it is apart from the account's record,
// which is read at every sign-in, because of the size of its logos.
import { type FieldFault, Problem } from '../../problem.ts'
import { sha256base64url, sha256hex } from '../../secure/digest.ts'
import { upsert } from '../../store/conditional-writes.ts'
import type { BrandDraft, BrandImage, BrandMembers, EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accentFault, readColour, shownRatio } from './accent.ts'
import { ImageFault } from './image.ts'
import { readLogo } from './logo.ts'
import { readName } from './name.ts'

/** Languages that pages can have (views/language.ts). */
export const pageLanguages = ['en', 'de', 'fr', 'es', 'ja'] as const

/** What a change gives: undefined leaves a member as it is, null removes it. */
export interface BrandChange {
  readonly name?: string | null | undefined
  readonly accent?: string | null | undefined
  /** One of `pageLanguages`. */
  readonly language?: string | null | undefined
  /** The files. */
  readonly logo?: Buffer | null | undefined
  readonly darkLogo?: Buffer | null | undefined
}

/** A change whose values are those of the record. */
export type CheckedChange = {
  readonly [Member in keyof BrandMembers]?: NonNullable<BrandMembers[Member]> | null
}

export interface BrandOfAccount {
  readonly brand: BrandMembers
  /** Changes whenever any of it does. */
  readonly version: string
}

/** Seconds for which a draft is kept. */
const draftSeconds = 3600

const membersOf = ({ name, accent, language, logo, darkLogo }: BrandMembers): BrandMembers => ({
  ...(name !== undefined && { name }),
  ...(accent !== undefined && { accent }),
  ...(language !== undefined && { language }),
  ...(logo !== undefined && { logo }),
  ...(darkLogo !== undefined && { darkLogo }),
})

/** Changes with each member of the brand: 22 characters, for ETags. */
export const versionOfBrand = ({ name, accent, language, logo, darkLogo }: BrandMembers): string =>
  sha256base64url(
    JSON.stringify([
      name ?? null,
      accent ?? null,
      logo?.sha256 ?? null,
      darkLogo?.sha256 ?? null,
      ...(language === undefined ? [] : [language]),
    ]),
  ).slice(0, 22)

/** Without null and without what a change removes. */
const applied = (to: BrandMembers, change: CheckedChange): BrandMembers => {
  const next = Object.entries({ ...to, ...change }).filter(([, value]) => value !== null)
  return membersOf(Object.fromEntries(next) as BrandMembers)
}

/**
 * Checks every member that is given.
 * @returns the members that are right, and what is wrong with the others
 */
export async function readBrand(
  given: BrandChange,
): Promise<{ readonly change: CheckedChange; readonly faults: readonly FieldFault[] }> {
  const faults: FieldFault[] = []
  const change: { -readonly [M in keyof CheckedChange]: CheckedChange[M] } = {}
  if (given.name === null) change.name = null
  else if (given.name !== undefined) {
    const read = readName(given.name)
    if ('name' in read) change.name = read.name
    else faults.push({ field: 'name', message: read.fault })
  }
  if (given.accent === null) change.accent = null
  else if (given.accent !== undefined) {
    const read = readAccent(given.accent)
    if ('accent' in read) change.accent = read.accent
    else faults.push({ field: 'accent', message: read.fault })
  }
  const { language } = given
  if (language !== undefined) {
    if (language === null || pageLanguages.some((one) => one === language)) change.language = language
    else faults.push({ field: 'language', message: `must be one of ${pageLanguages.join(', ')}` })
  }
  for (const field of ['logo', 'darkLogo'] as const) {
    const file = given[field]
    if (file === null) change[field] = null
    else if (file !== undefined) {
      const read = await imageOf(file)
      if (typeof read === 'string') faults.push({ field, message: read })
      else change[field] = read
    }
  }
  return { change, faults }
}

function readAccent(text: string): { readonly accent: string } | { readonly fault: string } {
  const accent = readColour(text)
  if (accent === undefined) return { fault: 'must be a colour such as #0b6bcb' }
  const fault = accentFault(accent)
  return fault === undefined
    ? { accent }
    : {
        fault: `has a contrast of ${shownRatio(fault.ratio)} with its text, and 4.5:1 is needed: the nearest colour that has it is ${fault.nearest}`,
      }
}

async function imageOf(file: Buffer): Promise<BrandImage | string> {
  try {
    const { bytes, ...image } = await readLogo(file)
    return { ...image, content: bytes.toString('base64'), sha256: sha256hex(bytes) }
  } catch (error) {
    if (error instanceof ImageFault) return error.message
    throw error
  }
}

/** Problem('validation') with every fault. */
export const brandProblem = (fields: readonly FieldFault[]): Problem =>
  new Problem('validation', fields.map(({ field, message }) => `\`${field}\` ${message}`).join('; '), {
    fields,
  })

export class BrandSettings {
  readonly #store: Store
  readonly #now: () => EpochSeconds

  constructor(store: Store, now: () => EpochSeconds) {
    this.#store = store
    this.#now = now
  }

  /** Undefined when there is no such account. */
  async of(accountId: string): Promise<BrandOfAccount | undefined> {
    if ((await this.#store.get('account', accountId)) === undefined) return undefined
    const brand = membersOf((await this.#store.get('brand', accountId)) ?? {})
    return { brand, version: versionOfBrand(brand) }
  }

  /**
   * @param expect called with the version that is changed
   * @throws what `expect` throws
   */
  async change(
    accountId: string,
    change: CheckedChange,
    expect: (version: string) => void,
  ): Promise<{ readonly before: BrandOfAccount; readonly after: BrandOfAccount }> {
    let before: BrandMembers = {}
    let after: BrandMembers = {}
    await upsert(this.#store, 'brand', accountId, (old) => {
      before = membersOf(old ?? {})
      expect(versionOfBrand(before))
      after = applied(before, change)
      return { id: accountId, accountId, ...after }
    })
    return {
      before: { brand: before, version: versionOfBrand(before) },
      after: { brand: after, version: versionOfBrand(after) },
    }
  }

  /** What an administrator last looked at, if it was within an hour. */
  async draft(userId: string): Promise<BrandDraft | undefined> {
    return this.#store.get('brandDraft', userId)
  }

  /** Keeps a brand for the administrator's preview, in place of the one they looked at before. */
  async keepDraft(
    { id, accountId }: { readonly id: string; readonly accountId: string },
    from: BrandMembers,
    change: CheckedChange,
  ): Promise<BrandMembers> {
    const brand = applied(from, change)
    const expiresAt = this.#now() + draftSeconds
    await upsert(this.#store, 'brandDraft', id, () => ({ id, accountId, ...brand, expiresAt }))
    return brand
  }

  async dropDraft(userId: string): Promise<void> {
    await this.#store.delete('brandDraft', userId)
  }
}
