// The mail server that administrators set at run time: one record with the members of `mail:`, which the schema of the file checks.
// Files and the environment are not read for it: only the file's settings have `password_file` and `${env:…}`.
import type { z } from 'zod'
import { type FieldFault, Problem } from '../problem.ts'
import { Secret } from '../secure/secret.ts'
import type { MailServerRecord } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { type MailSettings, mailSchema } from './settings.ts'

export const recordId = 'mail-server'

export type StoredMembers = Omit<MailServerRecord, 'id' | 'accountId' | 'revision'>

/** What a change gives: undefined leaves a member as it is, null removes it. Without `user` there is no password either. */
export interface MailServerChange {
  readonly host?: string | undefined
  readonly port?: number | null | undefined
  readonly security?: MailSettings['security'] | undefined
  readonly user?: string | null | undefined
  readonly password?: string | undefined
  readonly from?: string | undefined
  readonly replyTo?: string | null | undefined
  readonly bouncesTo?: string | null | undefined
  readonly organization?: string | null | undefined
}

/** What an issue of the schema says, where its own message is not enough. */
export type MessageOf = (issue: z.core.$ZodRawIssue) => string | undefined

/** Names of members as the file has them, where they differ. */
const nameInFile: Readonly<Record<string, string>> = { replyTo: 'reply_to', bouncesTo: 'bounces_to' }
const nameHere = new Map(Object.entries(nameInFile).map(([here, inFile]) => [inFile, here]))

export type CheckedMembers =
  | { readonly settings: MailSettings; readonly members: StoredMembers }
  | { readonly faults: readonly FieldFault[] }

/** Checks members by the schema of the configuration file; all faults at once. */
export function checkMembers(given: Partial<StoredMembers>, messageOf?: MessageOf): CheckedMembers {
  const asInFile = Object.entries({ ...given, password: given.password?.reveal() }).flatMap(
    ([name, value]) => (value === undefined ? [] : [[nameInFile[name] ?? name, value] as const]),
  )
  const parsed = mailSchema.safeParse(Object.fromEntries(asInFile), messageOf && { error: messageOf })
  if (!parsed.success)
    return {
      faults: parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0] ?? '')
        return { field: nameHere.get(name) ?? name, message }
      }),
    }
  const { host = '', from = '', ...rest } = given
  return { settings: parsed.data, members: { ...rest, host, from, security: parsed.data.security } }
}

export const settingsProblem = (fields: readonly FieldFault[]): Problem =>
  new Problem('validation', fields.map(({ field, message }) => `\`${field}\` ${message}`).join('; '), {
    fields,
  })

/** The members after a change; not checked yet. */
export function changedMembers(
  old: StoredMembers | undefined,
  { password, ...change }: MailServerChange,
): Partial<StoredMembers> {
  const merged = Object.entries({ ...old, ...withoutUndefined(change) }).filter(([, value]) => value !== null)
  const members: Partial<StoredMembers> = Object.fromEntries(merged)
  if (password !== undefined) return { ...members, password: new Secret(password) }
  if (change.user !== null) return members
  const { password: _, ...without } = members
  return without
}

const withoutUndefined = (given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

/**
 * A stored password is used only with the host, port, user and encryption that it was set for. Otherwise somebody who may change the host, but does
 * not know the password, could have it sent to a server of their own.
 */
export function isPasswordMissing(
  old: StoredMembers,
  next: MailSettings,
  { password }: MailServerChange,
): boolean {
  if (old.password === undefined || next.login === undefined || password !== undefined) return false
  const checked = checkMembers(old)
  const before = 'settings' in checked ? checked.settings : undefined
  return (
    before?.host.toLowerCase() !== next.host.toLowerCase() ||
    before.port !== next.port ||
    before.login?.user !== next.login.user ||
    (next.security === 'none' && before.security !== 'none')
  )
}

/** Read past every cache. */
export const storedMailServer = async (store: Pick<Store, 'find'>): Promise<MailServerRecord | undefined> =>
  (await store.find('mailServer', { by: 'all', value: 'all' }, { limit: 1 })).records[0]

export const membersOf = ({
  id: _,
  accountId: __,
  revision: ___,
  ...members
}: MailServerRecord): StoredMembers => members

/** For commands. Undefined when nothing is stored. */
export async function storedMailSettings(store: Pick<Store, 'find'>): Promise<MailSettings | undefined> {
  const record = await storedMailServer(store)
  const checked = record && checkMembers(membersOf(record))
  return checked && 'settings' in checked ? checked.settings : undefined
}
