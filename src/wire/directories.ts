// The directories of the server's account as AssumeRoleWithLDAPIdentity uses them: the providers and the throttle of the sign-in pages.
import { mapClaims } from '../federation/mapping.ts'
import type { Upstreams } from '../federation/upstreams.ts'
import type { SignInProvider, SignInProviders } from '../iam/sign-in/providers.ts'
import type { Directories } from '../sts/ports.ts'

/** @param accountId of the providers */
export function openDirectories(
  providers: SignInProviders,
  upstreams: Upstreams,
  accountId: string,
): Directories {
  const find = async (arn: string): Promise<SignInProvider | undefined> => {
    const name = /:ldap-provider\/(.+)$/.exec(arn)?.[1]
    const provider = name === undefined ? undefined : await providers.byName(name)
    return provider?.kind === 'ldap' && provider.id === arn ? provider : undefined
  }
  return {
    async find(owner, arn) {
      if (owner !== accountId) return undefined
      if (arn !== undefined) return (await find(arn))?.id
      const directories = (await providers.offered()).filter(({ kind }) => kind === 'ldap')
      return directories.length === 1 ? directories[0]?.id : undefined
    },
    async signIn(arn, given, from) {
      const provider = await find(arn)
      if (provider?.kind !== 'ldap') return undefined
      const upstream = await upstreams.of(provider)
      if (upstream.flow !== 'password') return undefined
      const person = await providers.tryPassword(provider, given, from, (password) =>
        upstream.signIn(provider, given.username, password),
      )
      if (person === undefined) return undefined
      const { issuer, subject, claims } = person
      const { name } = mapClaims(provider.signIn.mapping, claims)
      const [dn] = textsOf(claims['dn'])
      return { provider: provider.id, issuer, subject, dn, name, groups: textsOf(claims['groups']) }
    },
  }
}

const textsOf = (claim: unknown): readonly string[] =>
  [claim].flat().filter((value) => typeof value === 'string')
