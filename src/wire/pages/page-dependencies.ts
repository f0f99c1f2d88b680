import type { ConsolePorts } from '../../console/ports.ts'
import type { MetadataRefresh } from '../../federation/saml/metadata-refresh.ts'
import type { Upstreams } from '../../federation/upstreams.ts'
import type { AccessRequests } from '../../iam/access-requests/access-requests.ts'
import type { Ends } from '../../iam/ends.ts'
import type { Iam } from '../../iam/iam.ts'
import type { Identities } from '../../iam/sign-in/identities.ts'
import type { OidcProfile } from '../../iam/sign-in/oidc-profiles.ts'
import type { SignInProviders } from '../../iam/sign-in/providers.ts'
import type { OwnApps } from '../../oidc/clients/own-apps.ts'
import type { SignInDependencies } from '../../sign-in/request.ts'
import type { Show } from '../../sign-in/show.ts'
import type { EntryDependencies } from '../../sign-in/sign-out.ts'
import type { Route } from '../../web/route.ts'

/** What pages and our own APIs need besides the infrastructure. */
export interface PageDependencies {
  readonly accountId: string
  readonly iam: Iam
  readonly ends: Ends
  readonly accessRequests: AccessRequests
  readonly show: Show
  /** Shows a page on a protected host of forward authentication. */
  readonly showOnHost: Show
  readonly assets: readonly Route[]
  readonly languageOf: ConsolePorts['languageOf']
  readonly brandOf: ConsolePorts['brandOf']
  readonly preview: ConsolePorts['preview']
  readonly appModules: ConsolePorts['appModules']
  readonly sendLogo: ConsolePorts['sendLogo']
  readonly providers: SignInProviders
  readonly identities: Identities
  readonly findProfile: (userId: string) => Promise<OidcProfile | undefined>
  readonly apps: Pick<OwnApps, 'list' | 'hasLogo' | 'logo'>
  readonly upstreams: Upstreams
  readonly metadataRefresh: MetadataRefresh
  readonly leaveUpstream: EntryDependencies['leaveUpstream']
  readonly chargeForm: SignInDependencies['chargeForm']
  /** Aborted when the server begins to end: held requests are answered. */
  readonly ending: AbortSignal
}
