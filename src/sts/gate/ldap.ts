// Checks of a directory user's name and password that are exchanged for a role session (AssumeRoleWithLDAPIdentity, which AWS does not
// have). The directory verifies the password; attempts are throttled like those at sign-in.
import type { Circumstances } from '../../iam/caller.ts'
import { contextOf } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import { once } from '../gate.ts'
import { checkRequest, type LdapRequest } from '../input.ts'
import { checkOutsideSession, decideOutside, type OutsideDependencies } from '../outside/outside-session.ts'
import type { Directories, DirectoryUser } from '../ports.ts'
import { noTags } from '../session/session-tags.ts'
import { accountOf } from './outside.ts'

export interface LdapDependencies extends OutsideDependencies {
  readonly directories: Directories
}

export const ldapAction = 'sts:AssumeRoleWithLDAPIdentity'

/** One AssumeRoleWithLDAPIdentity request, with the results of its checks. */
export class LdapAttempt {
  readonly deps: LdapDependencies
  readonly request: LdapRequest
  readonly circumstances: Circumstances

  constructor(deps: LdapDependencies, request: LdapRequest, circumstances: Circumstances) {
    this.deps = deps
    this.request = request
    this.circumstances = circumstances
  }

  /** The directory must be of the role's own account and enabled (docs/attacks.md 11). */
  readonly provider = once(async () => {
    const accountId = accountOf(this.request.roleArn)
    const provider = await this.deps.directories.find(accountId, this.request.providerArn)
    if (provider !== undefined) return provider
    throw new Problem(
      'denied',
      'No enabled LDAP provider of this account was found; ProviderArn names one of several',
    )
  })

  /** Set by the `proof` check. Audit entries of later refusals use it too. */
  verified: DirectoryUser | undefined

  /** @throws TypeError before the password was verified */
  get user(): DirectoryUser {
    if (this.verified === undefined) throw new TypeError('the password was not verified')
    return this.verified
  }

  readonly session = once(() => {
    const { user } = this
    return {
      action: ldapAction,
      provider: user.provider,
      issuer: user.issuer,
      subject: user.subject,
      facts: contextOf([
        ['aws:FederatedProvider', user.provider],
        ['ldap:sub', user.subject],
        ['ldap:user', user.dn],
        ['ldap:username', user.name],
        ['ldap:groups', user.groups],
      ]),
      tags: noTags,
      sourceIdentity: undefined,
      spend: undefined,
    } as const
  })

  /** Without a session name in the request: the name in the directory, or the subject. */
  readonly sessionRequest = once(() => {
    const { roleSessionName } = this.request
    return { ...this.request, roleSessionName: roleSessionName ?? sessionNameOf(this.user) }
  })

  /** The session to issue. Call it after the checks have passed. */
  readonly decided = once(() =>
    decideOutside(this.deps, this.sessionRequest(), this.session(), this.circumstances),
  )
}

/** Characters that a session name must not have are replaced; policies use `ldap:username`, which keeps them. */
const sessionNameOf = ({ name, subject }: DirectoryUser): string =>
  (name ?? subject)
    .replace(/[^\w+=,.@-]/g, '_')
    .slice(0, 64)
    .padEnd(2, '_')

/** Checks of an LdapAttempt, by their names in gate.ts. */
export const ldapChecks = {
  sizes: ({ request }: LdapAttempt): void => checkRequest(request),

  provider: (attempt: LdapAttempt): Promise<unknown> => attempt.provider(),

  async proof(attempt: LdapAttempt): Promise<void> {
    const { request, circumstances } = attempt
    const user = await attempt.deps.directories.signIn(
      await attempt.provider(),
      { username: request.ldapUsername, password: request.ldapPassword },
      { ip: circumstances.sourceIp, userAgent: circumstances.userAgent, requestId: circumstances.requestId },
    )
    if (user === undefined) throw new Problem('denied', 'LDAPUsername and LDAPPassword are not correct')
    attempt.verified = user
  },

  session: (attempt: LdapAttempt): void => checkOutsideSession(attempt.request, noTags),

  role: (attempt: LdapAttempt): Promise<unknown> => attempt.decided(),
}
