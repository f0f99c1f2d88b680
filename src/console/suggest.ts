// What views/assets/console.js reads while somebody types into a field that proposes names.
import { Problem } from '../problem.ts'
import type { ConsoleRoute } from './frame/route.ts'
import { isSuggestKind, readSuggestions } from './frame/suggest.ts'

export const suggestRoutes: readonly ConsoleRoute[] = [
  [
    'GET',
    '/suggest',
    async (request) => {
      const kind = request.query.get('of') ?? ''
      if (!isSuggestKind(kind)) throw new Problem('not_found', 'there is nothing of this kind to propose')
      const found = await readSuggestions(request, kind, request.query.get('q') ?? '')
      request.ctx.type = 'application/json'
      request.ctx.body = JSON.stringify(found.map(({ value, label }) => ({ value, label })))
    },
  ],
]
