// Signs the browser out at the identity provider too, where the provider's settings say so.
import type { Upstreams } from '../../federation/upstreams.ts'
import type { SignInProviders } from '../../iam/sign-in/providers.ts'
import type { Upstream } from '../../oidc/edge.ts'

export interface UpstreamSignOutDependencies {
  readonly providers: Pick<SignInProviders, 'offered'>
  readonly upstreams: Upstreams
  /** The public URL, no trailing slash. */
  readonly issuer: string
  readonly log: { warn(fields: object, message: string): void }
}

/** Never throws: sign-out on this server succeeds whatever the provider does. */
export const upstreamSignOut =
  ({ providers, upstreams, issuer, log }: UpstreamSignOutDependencies) =>
  async ({
    provider: arn,
    leave,
  }: Upstream): Promise<{ readonly title: string; readonly to: string } | undefined> => {
    try {
      const provider = (await providers.offered()).find(({ id }) => id === arn)
      if (leave === undefined || !provider?.signIn.signOut) return undefined
      const upstream = await upstreams.of(provider)
      if (upstream.flow !== 'redirect') return undefined
      const to = await upstream.signOutUrl?.(provider, leave, `${issuer}/signed-out`)
      return to === undefined ? undefined : { title: provider.signIn.title, to }
    } catch (err) {
      log.warn({ err, provider: arn }, 'signing out upstream failed')
      return undefined
    }
  }
