// `kind: ldap`: a person's name and password, checked against a directory by search and bind. The way of a sign-in:
// the first server that works → bind as the service → the one entry the name finds → bind as that entry on a connection
// of its own → read the entry and its groups as the service. A name that is not there goes the same way (attacks.md 22).
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import type { Secret } from '../../secure/secret.ts'
import type { LdapProvider } from '../../store/records.ts'
import type { KindParts, PasswordUpstream, UpstreamPerson } from '../kind.ts'
import { callFailed, type Resolve, systemResolve } from '../outbound/checked-address.ts'
import { checkDirectory } from './check.ts'
import type { Directory } from './client.ts'
import { claimsOf, subjectOf } from './entry.ts'
import { filterWith } from './filter.ts'
import { groupsOf } from './groups.ts'
import { type Refusal, refusalOf, saidBy } from './refusals.ts'
import { ldapRisks } from './risks.ts'
import { directoryServers, type Visit } from './service.ts'

const maxName = 256
const maxPassword = 1024

export function ldapUpstream(
  { allow }: Pick<KindParts, 'allow'>,
  { resolve = systemResolve }: { readonly resolve?: Resolve } = {},
): PasswordUpstream<LdapProvider> {
  const outbound = { allow, resolve }
  const atDirectory = directoryServers(outbound)
  return {
    flow: 'password',
    signIn: async (provider, username, password) => {
      if (!isPresentable(username, password)) return undefined
      return atDirectory(provider, (visit) => signIn(visit, provider, username, password))
    },
    check: (provider) => checkDirectory(provider, outbound),
    risks: ldapRisks,
  }
}

/** An empty password is no proof: a directory takes it for a bind as nobody, and says yes (RFC 4513 §5.1.2). */
function isPresentable(username: string, password: Secret): boolean {
  const { length } = password.reveal()
  return username.trim() !== '' && username.length <= maxName && length > 0 && length <= maxPassword
}

async function signIn(
  { service, again }: Visit,
  provider: LdapProvider,
  username: string,
  password: Secret,
): Promise<UpstreamPerson | undefined> {
  const filter = filterWith(provider.userFilter, 'username', accountNameIn(provider, username))
  const found = await service.find(provider.baseDn, filter, 2)
  const dn = found.length === 1 ? found[0] : undefined
  // Bound to all the same when nobody was found, so that a wrong name takes as long as a wrong password.
  const refusal = await refusedBind(await again(), dn ?? nobody(provider), password)
  if (found.length > 1) throw refused(`the name finds more than one entry: ${found.join(' · ')}`)
  if (dn === undefined || refusal === 'wrong') return undefined
  if (refusal?.shown !== undefined)
    throw new Problem('password_policy_violation', refusal.shown, { detail: refusal.because })
  if (refusal) throw refused(refusal.because)
  return personOf(service, provider, dn)
}

/** Active Directory's people know themselves as `DOMAIN\name` ([MS-ADTS] §5.1.1.1.1); the directory holds `name` alone. */
const accountNameIn = ({ userFilter }: LdapProvider, username: string): string =>
  /samaccountname/i.test(userFilter) ? username.replace(/^[\w.-]{1,64}\\(?=.)/, '') : username

const nobody = ({ baseDn }: LdapProvider): string => `cn=${randomToken(12)},${baseDn}`

/** What the directory says against this password; undefined: nothing. @throws Problem('idp_communication_error') */
async function refusedBind(directory: Directory, dn: string, password: Secret): Promise<Refusal | undefined> {
  // A bind to no name is a bind as nobody, with any password; and the name of a SASL mechanism would be taken for one.
  if (!dn.includes('=')) throw refused('the entry has no name')
  try {
    await directory.bind(dn, password.reveal())
    return undefined
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined) throw callFailed(`bind as the person: ${saidBy(error)}`)
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
  new Problem('denied', 'the directory does not let this person in', { detail })
