// The provider of oidc-provider with one change: every grant, also those the library registers by itself, runs its row of
// the table of ways in first, and a grant without a row cannot be registered.
import Provider, { type TokenEndpointGrantContext } from 'oidc-provider'
import { gate } from '../../sts/gate/gate.ts'
import { wayOfGrant } from '../grant-checks.ts'

type Names = string | readonly string[] | ReadonlySet<string>

export class GatedProvider extends Provider {
  /** @throws TypeError when the grant has no row */
  override registerGrantType<P extends object>(
    name: string,
    handler: (ctx: TokenEndpointGrantContext<P>) => void | Promise<void>,
    parameters?: Names,
    repeatable?: Names,
  ): void {
    const way = wayOfGrant(name)
    const gated = async (ctx: TokenEndpointGrantContext<P>): Promise<void> => {
      if (way) await gate(name, way, { ...ctx.oidc.params })
      await handler(ctx)
    }
    super.registerGrantType(name, gated, parameters, repeatable)
  }
}
