// When a person must sign in, or say yes, although a session is there. oidc-provider's own checks, and two of ours:
// `acr_values` that the session does not reach ask for a step-up, and the operator's own applications skip consent.
import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { z } from 'zod'
import { acrs } from '../edge.ts'

const { Check, Prompt, base } = interactionPolicy

/**
 * True when a class reached is at least one of those asked for. `acr_values` are voluntary (OIDC Core §3.1.2.1), so classes that
 * nobody here can reach are passed over.
 */
export function reaches(reached: string | undefined, asked: readonly string[]): boolean {
  const known = asked.filter((acr) => acrs.some((one) => one === acr))
  if (known.length === 0) return true
  if (reached === undefined) return false
  const rank = (acr: string): number => acrs.indexOf(acr as (typeof acrs)[number])
  return known.some((acr) => acr === reached || (rank(acr) >= 0 && rank(acr) <= rank(reached)))
}

export const requestedAcrs = (params: Readonly<Record<string, unknown>> | undefined): readonly string[] => {
  const asked = params?.['acr_values']
  const voluntary = typeof asked === 'string' ? asked.split(' ').filter((acr) => acr !== '') : []
  return [...voluntary, ...essentialAcrs(params)]
}

/** Values of the essential claim `acr` of a request (OIDC Core §5.5.1.1); none when it is not essential. */
function essentialAcrs(params: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const claims = claimsSchema.safeParse(params?.['claims'])
  const acr = claims.data?.id_token?.acr
  if (!acr?.essential) return []
  return [...(acr.value === undefined ? [] : [acr.value]), ...(acr.values ?? [])]
}

/** What of the `claims` parameter (OIDC Core §5.5) is looked at here; oidc-provider has checked its form. */
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
 * Whether a person must sign in for an essential `acr`. One that nobody here can reach, or that this sign-in did not reach, is
 * a failed authentication (OIDC Core §5.5.1.1): the client learns that at once, and the person is not asked again and again.
 */
function mustReachEssential(ctx: KoaContextWithOIDC): boolean {
  const asked = essentialAcrs(ctx.oidc.params)
  if (asked.length === 0 || asked.includes(ctx.oidc.session?.acr ?? '')) return false
  const reachable = asked.some((acr) => acrs.some((one) => one === acr))
  if (reachable && !ctx.oidc.result?.login) return true
  throw new errors.CustomOIDCProviderError(
    'unmet_authentication_requirements',
    'the essential acr that was asked for cannot be reached',
  )
}

export function policy(): interactionPolicy.DefaultPolicy {
  const prompts = base()
  const login = prompts.get('login')
  for (const reason of ['essential_acr', 'essential_acrs']) login?.checks.remove(reason)
  login?.checks.add(
    new Check('essential_acr', 'an essential acr was asked for', (ctx) =>
      mustReachEssential(ctx) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
    ),
  )
  login?.checks.add(
    // OIDC Core §3.1.2.1: `acr_values` are voluntary, so a sign-in that was tried ends the matter; we never answer with
    // an `acr` that was not reached (attacks.md 20).
    new Check('acr', 'a stronger sign-in was asked for', (ctx) => {
      if (ctx.oidc.result?.login) return Check.NO_NEED_TO_PROMPT
      const enough = reaches(ctx.oidc.session?.acr, requestedAcrs(ctx.oidc.params))
      return enough ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
    }),
  )
  // After `login`: who has just signed in has chosen.
  prompts.add(new Prompt({ name: 'select_account', requestable: true }), 1)
  const consent = prompts.get('consent')
  const native = consent?.checks.get('native_client_prompt')
  if (consent && native) {
    consent.checks.remove('native_client_prompt')
    consent.checks.add(
      // RFC 8252 §8.6, RFC 6749 §10.2: another program may pretend to be this client, so its user is always asked, also
      // when the client is the operator's own. At a device the person has confirmed the code already.
      new Check(
        'native_client_prompt',
        'native clients require End-User interaction',
        'interaction_required',
        (ctx) => {
          if (!isFirstParty(ctx)) return native.check(ctx)
          const known = ctx.oidc.result?.consent || ctx.oidc.entities.DeviceCode
          const { client, params } = ctx.oidc
          return known || (client && isProven(client, params?.['redirect_uri']))
            ? Check.NO_NEED_TO_PROMPT
            : Check.REQUEST_PROMPT
        },
      ),
    )
  }
  return prompts
}

export const isFirstParty = (ctx: KoaContextWithOIDC): boolean => ctx.oidc.client?.['first_party'] === true

/** Whether only this client can use a code: it authenticates, or the code goes to an https address that it owns. */
function isProven(
  client: { readonly clientAuthMethod?: string | undefined; readonly applicationType?: string | undefined },
  redirectUri: unknown,
): boolean {
  if (typeof redirectUri === 'string' && redirectUri.startsWith('https:')) return true
  return client.applicationType !== 'native' && client.clientAuthMethod !== 'none'
}
