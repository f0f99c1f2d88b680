// Additional authorization request parameters in the settings (RFC 6749 §4.1.1), for the kinds that send such requests.
import { z } from 'zod'

/** Parameters that this server sets itself. */
const reserved = new Set(
  'client_id redirect_uri response_type response_mode scope state nonce code_challenge code_challenge_method request request_uri'.split(
    ' ',
  ),
)

export const authorizationParameters = z
  .record(z.string().max(64), z.string().max(1024))
  .refine(
    (given) => !Object.keys(given).some((name) => reserved.has(name)),
    'must not contain a parameter that this server sets itself',
  )
  .default({})

/** RFC 6749 §3.3: scope-token. */
export const scopes = z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/))
