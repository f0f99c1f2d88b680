import type { PerformPorts } from '../../admin/perform.ts'
import { EditorModuleFiles } from '../../console/editor-modules.ts'
import type { ConsolePorts } from '../../console/ports.ts'
import { consoleNotFound, consoleRoutes } from '../../console/routes.ts'
import { issuerOf } from '../../federation/issuer.ts'
import type { Risk } from '../../federation/kind.ts'
import { generalRisks } from '../../federation/risks.ts'
import type { Upstreams } from '../../federation/upstreams.ts'
import { openClientSignIns } from '../../iam/audit/client-sign-ins.ts'
import type { Authorizer } from '../../iam/authorization/authorize.ts'
import { byName, policyArnByName } from '../../iam/lookup.ts'
import type { OidcProfile } from '../../iam/sign-in/oidc-profiles.ts'
import { openClientPreview } from '../../oidc/client-preview.ts'
import { isProblem, Problem } from '../../problem.ts'
import { sha256hex } from '../../secure/digest.ts'
import type { MasterKey } from '../../secure/key/master-key.ts'
import { randomToken } from '../../secure/random.ts'
import type { IdentityProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { testTrust } from '../../sts/trust-trial/try-trust.ts'
import type { Route } from '../../web/route.ts'
import { checkProvider } from '../identity-providers.ts'
import { type Infrastructure, now } from '../infrastructure.ts'
import type { Sts } from '../sts.ts'

interface ConsoleDependencies
  extends Pick<
    ConsolePorts,
    | 'forms'
    | 'languageOf'
    | 'show'
    | 'oidc'
    | 'iam'
    | 'hasSecondFactor'
    | 'brandOf'
    | 'preview'
    | 'sendLogo'
    | 'appModules'
  > {
  readonly perform: PerformPorts
  readonly sts: Sts
  readonly upstreams: Upstreams
  readonly findProfile: (userId: string) => Promise<OidcProfile | undefined>
}

/** The console, on the same use cases as the admin API and IAM's wire. */
export function openConsole(
  { issuer, store, masterKey, config, places }: Infrastructure,
  authorizer: Authorizer,
  { perform, findProfile, sts, upstreams, ...dependencies }: ConsoleDependencies,
): readonly Route[] {
  const editor = new EditorModuleFiles((content) => sha256hex(content))
  const ports: ConsolePorts = {
    ...perform,
    ...dependencies,
    issuer,
    now,
    places,
    clientSignIns: openClientSignIns(store, perform.use.serverAccountId),
    randomSecret: () => randomToken(24),
    formSecrets: openFormSecrets(masterKey),
    editorModules: () => editor.modules(),
    authorizer,
    idByName: async (owner, kind, name) => (await byName(store, kind, owner, name))?.id,
    timeZoneOf: async (userId) => (await findProfile(userId))?.attributes.timeZone,
    policyArnByName: (owner, name) => policyArnByName(store, owner, name),
    previewClient: openClientPreview({ ...config.file, store, issuer, findPerson: findProfile, now }),
    async testTrust(roleArn, token, circumstances) {
      const role = await sts.roles.byArn(roleArn)
      if (role === undefined) throw new Problem('not_found', `there is no role \`${roleArn}\``)
      return testTrust(sts, { token, role, roleSessionName: 'try' }, circumstances)
    },
    providers: openProviderChecks(store, upstreams),
  }
  return [...consoleRoutes(ports), ...editor.routes, ...consoleNotFound(ports)]
}

/** What is sealed for a record of the store has another name, so that it cannot be opened as part of a form. */
function openFormSecrets(masterKey: MasterKey): ConsolePorts['formSecrets'] {
  const nameOf = (purpose: string): string => `console form ${purpose}`
  return {
    seal: (text, purpose) => masterKey.seal(text, nameOf(purpose)),
    open(sealed, purpose) {
      try {
        return masterKey.open(sealed, nameOf(purpose))
      } catch (error) {
        if (isProblem(error, 'unavailable')) return undefined
        throw error
      }
    },
  }
}

/** The most providers that a page lists. */
const mostProviders = 500

/** Providers whose settings are looked at for warnings. */
const mostExamined = 50

function openProviderChecks(store: Store, upstreams: Upstreams): ConsolePorts['providers'] {
  const risksOf = async (provider: IdentityProvider): Promise<readonly Risk[]> => [
    ...(await upstreams.of(provider)).risks(provider, now()),
    ...generalRisks(provider),
  ]
  return {
    async list(accountId) {
      const { records } = await store.find(
        'identityProvider',
        { by: 'account', value: accountId },
        { limit: mostProviders },
      )
      return records.map((provider) => ({
        arn: provider.id,
        name: provider.name,
        kind: provider.kind,
        issuer: issuerOf(provider),
        disabled: provider.disabled,
        fromFile: provider.fromFile === true,
        signIn: provider.signIn !== undefined,
      }))
    },
    async risks(accountId) {
      const { records } = await store.find(
        'identityProvider',
        { by: 'account', value: accountId },
        { limit: mostExamined },
      )
      const found = await Promise.all(
        records
          .filter(({ disabled }) => !disabled)
          .map(async (provider) =>
            (await risksOf(provider))
              .filter(({ level, what }) => level === 'high' || /\b(?:expires?|ends?)\b/.test(what))
              .map(({ what, fix }) => ({
                arn: provider.id,
                name: provider.name ?? issuerOf(provider),
                what,
                fix,
              })),
          ),
      )
      return found.flat()
    },
    async check(accountId, arn) {
      const provider = await store.get('identityProvider', arn)
      if (provider === undefined || provider.accountId !== accountId)
        throw new Problem('not_found', 'there is no such identity provider')
      return checkProvider(provider, upstreams)
    },
  }
}
