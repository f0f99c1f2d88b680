// One port for three surfaces: the AWS protocol, the paths of oidc-provider, and our own pages and APIs.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { OpenProvider } from '../../oidc/provider.ts'
import type { Surface } from '../../web/observability/observe.ts'
import { noteEnvoyRequest } from '../../web/request/envoy-request.ts'
import { noteFacts } from '../../web/request/request-facts.ts'
import { pathOf } from '../../web/request/request-target.ts'

export interface Surfaces {
  readonly aws: RequestListener
  readonly oidc: Pick<OpenProvider, 'owns' | 'routeTemplate' | 'callback'>
  readonly web: RequestListener
}

/** Hands a request to the surface that answers it; returns which. */
export const dispatch =
  ({ aws, oidc, web }: Surfaces) =>
  (req: IncomingMessage, res: ServerResponse): Surface => {
    noteEnvoyRequest(req)
    const url = pathOf(req.url ?? '/')
    req.url = url
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    if (path === '/' && isAws(req, mark > 0 ? url : '')) {
      void aws(req, res)
      return 'aws'
    }
    if (oidc.owns(path)) {
      noteFacts(req, { route: oidc.routeTemplate(path) })
      void oidc.callback(req, res)
      return 'oidc'
    }
    void web(req, res)
    return 'web'
  }

/** Signed requests for another service, such as S3's `GET /`, get an answer that their clients can read. */
const isAws = ({ method, headers: { authorization } }: IncomingMessage, query: string): boolean =>
  method === 'POST' || /[?&]Action=/.test(query) || authorization?.startsWith('AWS4-') === true
