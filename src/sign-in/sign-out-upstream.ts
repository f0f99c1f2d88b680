// Signing out goes on to the identity provider where its settings ask for it.
import type { Upstreams } from '../federation/upstreams.ts'
import type { SignInProviders } from '../iam/sign-in/providers.ts'
import type { Upstream } from '../oidc/edge.ts'

export interface LeaveParts {
  readonly providers: Pick<SignInProviders, 'offered'>
  readonly upstreams: Upstreams
  /** The public URL, no trailing slash. */
  readonly issuer: string
  readonly log: { warn(fields: object, message: string): void }
}

/** Never throws: whoever signs out is signed out here, whatever the provider does. */
export const upstreamLeaver =
  ({ providers, upstreams, issuer, log }: LeaveParts) =>
  async ({
    provider: arn,
    leave,
  }: Upstream): Promise<{ readonly title: string; readonly to: string } | undefined> => {
    try {
      const provider = (await providers.offered()).find(({ id }) => id === arn)
      if (leave === undefined || !provider?.signIn.signOut) return undefined
      const upstream = await upstreams.of(provider)
      if (upstream.way !== 'redirect') return undefined
      const to = await upstream.leave?.(provider, leave, `${issuer}/signed-out`)
      return to === undefined ? undefined : { title: provider.signIn.title, to }
    } catch (err) {
      log.warn({ err, provider: arn }, 'signing out upstream failed')
      return undefined
    }
  }
