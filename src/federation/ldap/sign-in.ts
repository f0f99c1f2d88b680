// `kind: ldap`: checks a user name and password against a directory by search and bind. Steps: first working server → bind as
// the service → search for exactly one entry → bind as that entry on a second connection → read the entry and its groups as
// the service. An unknown user name goes through the same steps (attacks.md 22).
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { Secret } from '../../secure/secret.ts'
import type { LdapProvider } from '../../store/records.ts'
import type { PasswordUpstream, ProviderDependencies, UpstreamPerson } from '../kind.ts'
import { communicationError, type Resolve, systemResolve } from '../outbound/checked-address.ts'
import { checkDirectory } from './check.ts'
import type { Directory } from './client.ts'
import { claimsOf, subjectOf } from './entry.ts'
import { filterWith } from './filter.ts'
import { groupsOf } from './groups.ts'
import { type Refusal, refusalOf, resultText } from './refusals.ts'
import { ldapRisks } from './risks.ts'
import { directoryServers, type ServiceSession } from './service.ts'

const maxName = 256
const maxPassword = 1024

/** @param options `signInMs`: milliseconds for a sign-in over all servers of a directory */
export function ldapUpstream(
  { allow }: Pick<ProviderDependencies, 'allow'>,
  { resolve = systemResolve, signInMs }: { readonly resolve?: Resolve; readonly signInMs?: number } = {},
): PasswordUpstream<LdapProvider> {
  const outbound = { allow, resolve }
  const withDirectory = directoryServers(outbound, signInMs)
  return {
    flow: 'password',
    signIn: async (provider, username, password) => {
      if (!isPresentable(username, password)) return undefined
      return withDirectory(provider, (session) => signIn(session, provider, username, password))
    },
    check: (provider) => checkDirectory(provider, outbound),
    risks: ldapRisks,
  }
}

/** Rejects an empty password: a directory treats it as an anonymous bind, which succeeds (RFC 4513 §5.1.2). */
function isPresentable(username: string, password: Secret): boolean {
  const { length } = password.reveal()
  return username.trim() !== '' && username.length <= maxName && length > 0 && length <= maxPassword
}

async function signIn(
  { service, openSecond }: ServiceSession,
  provider: LdapProvider,
  username: string,
  password: Secret,
): Promise<UpstreamPerson | undefined> {
  const filter = filterWith(provider.userFilter, 'username', accountNameIn(provider, username))
  const found = await service.find(provider.baseDn, filter, 2)
  const dn = found.length === 1 ? found[0] : undefined
  // A bind is made even without an entry, so that an unknown name takes as long as a wrong password.
  const refusal = await refusedBind(await openSecond(), dn ?? nonexistentDn(provider), password)
  if (found.length > 1) throw refused(`the name matches more than one entry: ${found.join(' · ')}`)
  if (dn === undefined || refusal === 'wrong') return undefined
  if (refusal?.shown !== undefined)
    throw new Problem('password_policy_violation', refusal.shown, { detail: refusal.because })
  if (refusal) throw refused(refusal.because)
  return personOf(service, provider, dn)
}

/** Active Directory users type `DOMAIN\name` ([MS-ADTS] §5.1.1.1.1); the attribute holds only `name`. */
const accountNameIn = ({ userFilter }: LdapProvider, username: string): string =>
  /samaccountname/i.test(userFilter) ? username.replace(/^[\w.-]{1,64}\\(?=.)/, '') : username

const nonexistentDn = ({ baseDn }: LdapProvider): string => `cn=${randomToken(12)},${baseDn}`

/** Binds as the user. Undefined when the password is correct. @throws Problem('idp_communication_error') */
async function refusedBind(directory: Directory, dn: string, password: Secret): Promise<Refusal | undefined> {
  // A bind without a name is anonymous and succeeds with any password; the name of a SASL mechanism would be taken for one.
  if (!dn.includes('=')) throw refused('the entry has no name')
  try {
    await directory.bind(dn, password.reveal())
    return undefined
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined) throw communicationError(`bind as the person: ${resultText(error)}`)
    return refusal
  }
}

async function personOf(
  service: Directory,
  provider: LdapProvider,
  dn: string,
): Promise<UpstreamPerson | undefined> {
  const entry = await service.read(dn, [...new Set([provider.subject, ...provider.attributes])])
  if (entry === undefined) throw refused('the service cannot read the entry')
  const groups = provider.groups && (await groupsOf(service, dn, provider.groups))
  return {
    issuer: provider.issuer,
    subject: subjectOf(provider.subject, entry),
    claims: claimsOf(dn, entry, groups),
    // RFC 8176.
    amr: ['pwd'],
    acr: undefined,
    spend: undefined,
    leave: undefined,
  }
}

const refused = (detail: string): Problem =>
  new Problem('denied', 'the directory refused this user', { detail })
