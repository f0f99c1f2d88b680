// Trust policies of roles. Users and roles in them are stored by unique id, so that someone created later with the name of a
// deleted user or role is not trusted (docs/attacks.md 15). They are shown by ARN while they exist, and otherwise by id
// (docs/policy-semantics.md).

import { policySize } from '../../policy/language/document.ts'
import { Problem } from '../../problem.ts'
import type { Store } from '../../store/store.ts'
import { byName, entityArn } from '../lookup.ts'
import { checkPolicyDocument } from '../policy-document/policy-sentences.ts'
import { accountQuotas, checkAccountQuota } from '../quotas.ts'
import { checkSharedIssuers } from './shared-issuers.ts'

type Reader = Pick<Store, 'get' | 'getBy'>
/** Returns the replacement of a principal, or undefined to keep it. */
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
 * Checks a trust policy and replaces the ARNs of users and roles with their unique ids.
 * @throws Problem('malformed_policy') when it is not a valid trust policy, names a user or role that does not exist, or trusts every
 *   token of a shared identity provider; Problem('limit_exceeded')
 */
export async function toStoredTrust(store: Reader, accountId: string, text: string): Promise<string> {
  checkAccountQuota(await accountQuotas(store, accountId), 'ACLSizePerRole', policySize(text))
  checkSharedIssuers(checkPolicyDocument(text, 'trust'))
  return mapAwsPrincipals(text, (principal) => toStoredPrincipal(store, principal))
}

/** The stored trust policy with ARNs in place of unique ids. */
export const toDisplayedTrust = (store: Reader, text: string): Promise<string> =>
  mapAwsPrincipals(text, (principal) => toDisplayedPrincipal(store, principal))

async function toStoredPrincipal(store: Reader, principal: string): Promise<string | undefined> {
  const account = accountPrincipal.exec(principal)
  // Principals of accounts that are not in this store are kept as written.
  if (account) return undefined
  if (uniqueIdOf.test(principal)) {
    if ((await byUniqueId(store, principal)) === undefined) throw invalid(principal)
    return undefined
  }
  const session = sessionArn.exec(principal)
  if (session) return toStoredSession(store, principal, session)
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

async function toStoredSession(
  store: Reader,
  principal: string,
  [, accountId = '', roleName = '', session = '']: RegExpExecArray,
): Promise<string | undefined> {
  if ((await store.get('account', accountId)) === undefined) return undefined
  const role = await byName(store, 'role', accountId, roleName)
  if (role?.name !== roleName) throw invalid(principal)
  return `${role.id}:${session}`
}

async function toDisplayedPrincipal(store: Reader, principal: string): Promise<string | undefined> {
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
  return record && entityArn(kind, record)
}

/** Replaces every `Principal.AWS`. A text without replacements is returned unchanged. */
async function mapAwsPrincipals(text: string, rename: Rename): Promise<string> {
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
