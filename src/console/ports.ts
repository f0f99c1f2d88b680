// What the console needs of other rooms; wire/pages/console.ts connects it. Everything that reads or changes something is authorized for
// the signed-in person where it is done: by the operations of admin/, and by the use cases of iam/.

import type { Context } from 'koa'
import type { BrandView } from '../../views/brand.ts'
import type { CheckView, ProviderRow } from '../../views/console/providers/providers.ts'
import type { Language } from '../../views/languages/languages.ts'
import type { Page, PageModules } from '../../views/layout.ts'
import type { PerformPorts } from '../admin/perform.ts'
import type { ReadClientSignIns } from '../iam/audit/client-sign-ins.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import type { Scheme } from '../iam/brand/accent.ts'
import type { BrandOfAccount } from '../iam/brand/brand.ts'
import type { Circumstances } from '../iam/caller.ts'
import type { Iam } from '../iam/iam.ts'
import type { Places } from '../iam/places/places.ts'
import type { ClientPreview, PreviewRequest } from '../oidc/client-preview.ts'
import type { OidcEdge } from '../oidc/edge.ts'
import type { TrustTestResult } from '../sts/trust-trial/try-trust.ts'
import type { ForgeryGuard } from '../web/request/forgery.ts'

export interface ConsolePorts extends PerformPorts {
  /** The public URL, for commands that a page shows. */
  readonly issuer: string
  /** Epoch seconds. */
  readonly now: () => number
  readonly forms: ForgeryGuard
  readonly oidc: Pick<OidcEdge, 'sessions' | 'startSignIn'>
  readonly show: (ctx: Context, page: Page, options?: { readonly status?: number }) => void
  /** The language of the answer to a request. */
  readonly languageOf: (ctx: Pick<Context, 'req' | 'get'>) => Language
  /** How pages of an account look. */
  readonly brandOf: (accountId: string) => Promise<BrandView>
  /**
   * Sends a page as it looks with a brand, in one scheme.
   * @param options.logoPath where the logo or the dark logo of that brand is
   */
  readonly preview: (
    ctx: Context,
    page: Page,
    options: {
      readonly brand: BrandOfAccount['brand']
      readonly scheme: Scheme
      readonly logoPath: (which: 'logo' | 'darkLogo') => string
    },
  ) => void
  /** Sends a logo that is not saved yet. */
  readonly sendLogo: (ctx: Context, logo: NonNullable<BrandOfAccount['brand']['logo']>) => void
  /** Whether the user has a second factor, which a fresh sign-in then needs. */
  readonly hasSecondFactor: (userId: string) => Promise<boolean>
  /** Time zone that a person has chosen (IANA); undefined: none. */
  readonly timeZoneOf: (userId: string) => Promise<string | undefined>
  readonly authorizer: Pick<
    Authorizer,
    'policiesOf' | 'layersOf' | 'contextOf' | 'principalOf' | 'resourceKeysOf'
  >
  readonly iam: Iam
  /** Unique id of a user or role. */
  readonly idByName: (accountId: string, kind: 'user' | 'role', name: string) => Promise<string | undefined>
  /** ARN of a policy of the account, or of a built-in one, by its name. Not authorized: only for what is authorized with that ARN. */
  readonly policyArnByName: (accountId: string, name: string) => Promise<string | undefined>
  /** The tokens that a client would get for a person. @throws Problem('not_found') */
  readonly previewClient: (request: PreviewRequest) => Promise<ClientPreview>
  /** Whether a token would match the trust policy of a role (ARN). The caller has been authorized. @throws Problem('not_found') */
  readonly testTrust: (
    roleArn: string,
    token: string,
    circumstances: Circumstances,
  ) => Promise<TrustTestResult>
  /** Sign-ins to a client, and what was refused. The caller has been authorized. */
  readonly clientSignIns: ReadClientSignIns
  /** The modules of an app's pages. */
  readonly appModules: PageModules
  readonly places: Places
  /** A new secret of 32 characters, for the lines of an app. */
  readonly randomSecret: () => string
  /** Seals what a form carries that its page must not show. */
  readonly formSecrets: {
    /** @param purpose what it is bound to */
    readonly seal: (text: string, purpose: string) => string
    /** Undefined when it was sealed for another purpose, or was not sealed here. */
    readonly open: (sealed: string, purpose: string) => string | undefined
  }
  /** Paths of the modules of the policy editor's page. */
  readonly editorModules: () => Promise<PageModules>
  /** Identity providers of all kinds. The caller has been authorized. */
  readonly providers: {
    readonly list: (accountId: string) => Promise<readonly ProviderRow[]>
    /** High risks and certificates that end, of the first 50 providers; nobody is asked. */
    readonly risks: (accountId: string) => Promise<
      readonly {
        readonly arn: string
        readonly name: string
        readonly what: string
        readonly fix: string
      }[]
    >
    /** Asks the provider, and looks for risks in its settings. @throws Problem('not_found') */
    readonly check: (accountId: string, arn: string) => Promise<CheckView>
  }
}
