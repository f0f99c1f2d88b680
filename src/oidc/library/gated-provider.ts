// oidc-provider's Provider, with the checks of the ways-in table (docs/ways-in.md) before every grant, also before the
// grants that the library registers itself. A grant without a row in the table cannot be registered.
import Provider, { type TokenEndpointGrantContext } from 'oidc-provider'
import { gate } from '../../sts/gate.ts'
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
