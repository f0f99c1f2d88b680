// When a person must sign in, or say yes, although a session is there. oidc-provider's own checks, and two of ours:
// `acr_values` that the session does not reach ask for a step-up, and the operator's own applications skip consent.
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { acrs } from '../edge.ts'

const { Check, base } = interactionPolicy

/** True when a class reached is at least one of those asked for; classes we do not know must be met to the letter. */
export function reaches(reached: string | undefined, asked: readonly string[]): boolean {
  if (asked.length === 0) return true
  if (reached === undefined) return false
  const rank = (acr: string): number => acrs.indexOf(acr as (typeof acrs)[number])
  return asked.some((acr) => acr === reached || (rank(acr) >= 0 && rank(acr) <= rank(reached)))
}

export const askedAcrs = (params: Readonly<Record<string, unknown>> | undefined): readonly string[] => {
  const asked = params?.['acr_values']
  return typeof asked === 'string' ? asked.split(' ').filter((acr) => acr !== '') : []
}

export function policy(): interactionPolicy.DefaultPolicy {
  const prompts = base()
  prompts.get('login')?.checks.add(
    // OIDC Core §3.1.2.1: `acr_values` are voluntary, so a sign-in that was tried ends the matter; we never answer with
    // an `acr` that was not reached (attacks.md 20).
    new Check('acr', 'a stronger sign-in was asked for', (ctx) => {
      if (ctx.oidc.result?.login) return Check.NO_NEED_TO_PROMPT
      const enough = reaches(ctx.oidc.session?.acr, askedAcrs(ctx.oidc.params))
      return enough ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
    }),
  )
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
