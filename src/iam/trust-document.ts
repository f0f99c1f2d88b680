// Trust policies. Users and roles in them are kept by unique id, so that who is made later under a deleted one's name
// is trusted by no one (attacks.md 15); they are shown by ARN while they exist, else by id (semantics §2).

import { policySize } from '../policy/document.ts'
import { Problem } from '../problem.ts'
import type { Store } from '../store/store.ts'
import { bearerArn, byName } from './lookup.ts'
import { checkWritten } from './policy-sentences.ts'
import { within } from './quotas.ts'
import { checkSharedIssuers } from './shared-issuers.ts'

type Reader = Pick<Store, 'get' | 'getBy'>
/** Another word for a principal, or undefined when it stays as it is. */
type Rename = (principal: string) => Promise<string | undefined>

const principalArn = /^arn:aws:iam::(\d{12}):(user|role)(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]+)$/
const accountPrincipal = /^(?:(\d{12})|arn:aws:iam::(\d{12}):root)$/
const sessionArn = /^arn:aws:sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/([\w+=,.@-]+)$/
/** A session of a role, by the role's unique id: `AROA…:session`. */
const sessionIdOf = /^(AROA[A-Z2-7]{12,124}):([\w+=,.@-]+)$/
const uniqueIdOf = /^(AIDA|AROA)[A-Z2-7]{12,124}$/

const invalid = (principal: string) =>
  new Problem('malformed_policy', `Invalid principal in policy: "AWS":"${principal}"`)

/**
 * The text to keep.
 * @throws Problem('malformed_policy') when it is no trust policy, names who is not there, or trusts everybody at a shared
 *   identity provider, Problem('limit_exceeded')
 */
export async function storedTrust(store: Reader, text: string): Promise<string> {
  within('ACLSizePerRole', policySize(text))
  checkSharedIssuers(checkWritten(text, 'trust'))
  return rewritten(text, (principal) => stored(store, principal))
}

/** The text to show. */
export const shownTrust = (store: Reader, text: string): Promise<string> =>
  rewritten(text, (principal) => shown(store, principal))

async function stored(store: Reader, principal: string): Promise<string | undefined> {
  const account = accountPrincipal.exec(principal)
  // An account that is not in this store may be one elsewhere; what it names stays as it is written.
  if (account) return undefined
  if (uniqueIdOf.test(principal)) {
    if ((await byUniqueId(store, principal)) === undefined) throw invalid(principal)
    return undefined
  }
  const session = sessionArn.exec(principal)
  if (session) return storedSession(store, principal, session)
  const sessionId = sessionIdOf.exec(principal)
  if (sessionId) {
    if ((await byUniqueId(store, sessionId[1] ?? '')) === undefined) throw invalid(principal)
    return undefined
  }
  const named = principalArn.exec(principal)
  if (named === null) {
    if (principal === '*' || /^arn:aws:sts::\d{12}:(assumed-role|federated-user)\/./.test(principal))
      return undefined
    throw invalid(principal)
  }
  const [, accountId = '', kind, path, name = ''] = named
  if ((await store.get('account', accountId)) === undefined) return undefined
  const record = await byName(store, kind as 'user' | 'role', accountId, name)
  if (record === undefined || record.path !== path || record.name !== name) throw invalid(principal)
  return record.id
}

async function storedSession(
  store: Reader,
  principal: string,
  [, accountId = '', roleName = '', session = '']: RegExpExecArray,
): Promise<string | undefined> {
  if ((await store.get('account', accountId)) === undefined) return undefined
  const role = await byName(store, 'role', accountId, roleName)
  if (role?.name !== roleName) throw invalid(principal)
  return `${role.id}:${session}`
}

async function shown(store: Reader, principal: string): Promise<string | undefined> {
  const [, roleId, session] = sessionIdOf.exec(principal) ?? []
  if (roleId !== undefined) {
    const role = await store.get('role', roleId)
    return role && `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${session}`
  }
  return uniqueIdOf.test(principal) ? byUniqueId(store, principal) : undefined
}

async function byUniqueId(store: Reader, id: string): Promise<string | undefined> {
  const kind = id.startsWith('AIDA') ? 'user' : 'role'
  const record = await store.get(kind, id)
  return record && bearerArn(kind, record)
}

/** Renames every `Principal.AWS`; a text in which nothing changes stays to the letter. */
async function rewritten(text: string, rename: Rename): Promise<string> {
  const document = JSON.parse(text) as { Statement: unknown }
  let changed = false
  const one = async (principal: unknown): Promise<unknown> => {
    const other = typeof principal === 'string' ? await rename(principal) : undefined
    changed ||= other !== undefined
    return other ?? principal
  }
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement]
  for (const statement of statements as { Principal?: unknown }[]) {
    const principal = statement.Principal
    if (typeof principal !== 'object' || principal === null || !('AWS' in principal)) continue
    principal.AWS = Array.isArray(principal.AWS)
      ? await Promise.all(principal.AWS.map(one))
      : await one(principal.AWS)
  }
  return changed ? JSON.stringify(document) : text
}
