// When a signed-in user must sign in again or consent: oidc-provider's checks, with two changes. Requested `acr` values that the
// session does not satisfy require a step-up, and first-party clients need no consent.
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { z } from 'zod'
import { acrs } from '../edge.ts'

const { Check, Prompt, base } = interactionPolicy

/**
 * Whether an `acr` is at least one of the requested ones. `acr_values` are voluntary claims (OIDC Core §3.1.2.1), so values that
 * this server does not support are ignored.
 */
export function satisfiesAcr(reached: string | undefined, requested: readonly string[]): boolean {
  const known = requested.filter((acr) => acrs.some((one) => one === acr))
  if (known.length === 0) return true
  if (reached === undefined) return false
  const rank = (acr: string): number => acrs.indexOf(acr as (typeof acrs)[number])
  return known.some((acr) => acr === reached || (rank(acr) >= 0 && rank(acr) <= rank(reached)))
}

export const requestedAcrs = (params: Readonly<Record<string, unknown>> | undefined): readonly string[] => {
  const requested = params?.['acr_values']
  const voluntary = typeof requested === 'string' ? requested.split(' ').filter((acr) => acr !== '') : []
  return [...voluntary, ...essentialAcrs(params)]
}

/** Values of the essential claim `acr` of a request (OIDC Core §5.5.1.1); none when it is not essential. */
function essentialAcrs(params: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const claims = claimsSchema.safeParse(params?.['claims'])
  const acr = claims.data?.id_token?.acr
  if (!acr?.essential) return []
  return [...(acr.value === undefined ? [] : [acr.value]), ...(acr.values ?? [])]
}

/** The used part of the `claims` parameter (OIDC Core §5.5), whose form oidc-provider has checked. */
const claimsSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })
  .pipe(
    z.object({
      id_token: z
        .object({
          acr: z
            .object({
              essential: z.boolean().optional(),
              value: z.string().optional(),
              values: z.array(z.string()).optional(),
            })
            .nullish(),
        })
        .nullish(),
    }),
  )

/**
 * Whether a sign-in is needed for an essential `acr`. One that this server does not support, or that the completed sign-in does
 * not satisfy, is a failed authentication (OIDC Core §5.5.1.1): the client gets an error instead of an endless step-up.
 */
function mustReachEssential(ctx: KoaContextWithOIDC): boolean {
  const requested = essentialAcrs(ctx.oidc.params)
  if (requested.length === 0 || requested.includes(ctx.oidc.session?.acr ?? '')) return false
  const reachable = requested.some((acr) => acrs.some((one) => one === acr))
  if (reachable && !ctx.oidc.result?.login) return true
  throw new errors.CustomOIDCProviderError(
    'unmet_authentication_requirements',
    'the requested essential acr cannot be satisfied',
  )
}

/**
 * @param mayUse whether the signed-in user may use the client of the request; also writes the audit entry of a refusal
 * @param checkOwnPermissions throws when the signed-in user may not consent to the authorization details of the request
 */
export function policy(
  mayUse: (ctx: KoaContextWithOIDC) => Promise<boolean>,
  checkOwnPermissions: (ctx: KoaContextWithOIDC) => Promise<void>,
): interactionPolicy.DefaultPolicy {
  const prompts = base()
  const login = prompts.get('login')
  for (const reason of ['essential_acr', 'essential_acrs']) login?.checks.remove(reason)
  login?.checks.add(
    new Check('essential_acr', 'an essential acr was requested', (ctx) =>
      mustReachEssential(ctx) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
    ),
  )
  login?.checks.add(
    // OIDC Core §3.1.2.1: `acr_values` are voluntary, so one sign-in is enough whatever it satisfies. The ID token has the
    // `acr` of that sign-in, never the requested one (docs/attacks.md 20).
    new Check('acr', 'a stronger sign-in was requested', (ctx) => {
      if (ctx.oidc.result?.login) return Check.NO_NEED_TO_PROMPT
      const enough = satisfiesAcr(ctx.oidc.session?.acr, requestedAcrs(ctx.oidc.params))
      return enough ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
    }),
  )
  // After `login`: a sign-in also chooses the account.
  prompts.add(new Prompt({ name: 'select_account', requestable: true }), 1)
  // With `prompt=none` the client gets `access_denied`; otherwise the user gets a page that says so.
  prompts.add(
    new Prompt(
      { name: 'access', requestable: false },
      new Check('client_access', 'the user may not use this client', 'access_denied', async (ctx) => {
        if (!(await mayUse(ctx))) return Check.REQUEST_PROMPT
        await checkOwnPermissions(ctx)
        return Check.NO_NEED_TO_PROMPT
      }),
    ),
    2,
  )
  const consent = prompts.get('consent')
  const native = consent?.checks.get('native_client_prompt')
  if (consent && native) {
    consent.checks.remove('native_client_prompt')
    consent.checks.add(
      // RFC 8252 §8.6, RFC 6749 §10.2: another program may pretend to be this client, so consent is always needed, also for
      // a first-party client. For a device, the user has confirmed the code already.
      new Check(
        'native_client_prompt',
        'native clients require End-User interaction',
        'interaction_required',
        (ctx) => {
          if (!isFirstParty(ctx)) return native.check(ctx)
          const known = ctx.oidc.result?.consent || ctx.oidc.entities.DeviceCode
          const { client, params } = ctx.oidc
          return known || (client && isIdentityProven(client, params?.['redirect_uri']))
            ? Check.NO_NEED_TO_PROMPT
            : Check.REQUEST_PROMPT
        },
      ),
    )
  }
  return prompts
}

export const isFirstParty = (ctx: KoaContextWithOIDC): boolean => ctx.oidc.client?.['first_party'] === true

/** Whether no other program can redeem a code: the client authenticates, or its redirect URI is https. */
function isIdentityProven(
  client: { readonly clientAuthMethod?: string | undefined; readonly applicationType?: string | undefined },
  redirectUri: unknown,
): boolean {
  if (typeof redirectUri === 'string' && redirectUri.startsWith('https:')) return true
  return client.applicationType !== 'native' && client.clientAuthMethod !== 'none'
}
