using AliveMcp.Probing.Eras;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Steps;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Credentials;

/// <summary>
/// Knocks as a stranger would: handshake, and the list if that was answered. Answered is open, wherever a stranger gets to see tools;
/// refused is followed to the sign-in metadata. Leaves no session behind.
/// </summary>
internal sealed class GateLook(ProbeOrder order, SideWires wires, Logbook log)
{
    /// <summary>Why the probe must end here: a credential that may not travel to this address. Null when it may go on.</summary>
    public Stop? Stop { get; private set; }

    public async ValueTask<GateSighting> LookAsync(TimeSpan budget)
    {
        var wire = wires.Open(budget, AddressRules.ForKey);
        var courier = new Courier(wire, order.Url);
        var stop = await KnockAsync(courier);
        if (stop is null)
        {
            return new GateSighting { Access = Access.Open };
        }

        if (stop.Fault == WireFault.KeyWithheld)
        {
            Stop = stop with { Step = ProbeStep.Gate };
        }

        var why = StopReasons.Of(stop);
        if (why is not (Why.AuthRequired or Why.AuthForbidden or Why.LoginRedirect))
        {
            return new GateSighting { Access = Access.Unknown };
        }

        var signIn = why == Why.AuthRequired ? await FollowAsync(wire, courier.Target, stop, budget) : null;
        return new GateSighting { Access = AccessOf(why, stop, signIn), SignInBreak = signIn?.Break };
    }

    private async ValueTask<Stop?> KnockAsync(Courier courier)
    {
        var http = new StreamableHttp(courier);
        Opening? opening = null;
        try
        {
            opening = await new EraOpener(order, courier, http, new Logbook()).OpenAsync();
            return opening is { Stop: null, OffersTools: true } ? await ListAsync(opening) : opening.Stop;
        }
        finally
        {
            opening?.Transport?.Dispose();
            if (await http.LeaveAsync() == false)
            {
                log.Find(
                    "protocol",
                    "delete_refused",
                    "the DELETE of a stranger's session was refused or not answered"
                );
            }
        }
    }

    // Many let strangers shake hands and show them nothing.
    private static async ValueTask<Stop?> ListAsync(Opening opening)
    {
        var version = opening.Era == Era.Discover ? opening.Version : null;
        using var answer = await opening.Transport!.AskAsync(RpcCall.ToolsList(0, null, version));
        return answer.Succeeded ? null : Stop.Of(ProbeStep.ToolsList, answer, opening.Transport.HasSession);
    }

    private async ValueTask<SignInSighting> FollowAsync(Wire gate, Uri endpoint, Stop stop, TimeSpan budget)
    {
        var isPrivate = AddressRules.IsHomePrivate(gate);
        var wire = wires.Open(budget, approach => AddressRules.ForHearsay(approach, endpoint, isPrivate));
        return await new SignIn(wire, endpoint, order.Credential, log).WalkAsync(stop.Signs?.Challenge);
    }

    // With a credential that works, a door that is rude to strangers harms nobody who is expected: worth saying, no verdict.
    private Access AccessOf(Why why, Stop stop, SignInSighting? signIn)
    {
        var isPolite = why == Why.AuthRequired && (DoorRules.IsPolite(stop) || signIn!.IsDescribed);
        if (!isPolite)
        {
            log.Find(
                "interop",
                "gate_not_polite",
                $"a stranger is refused without a way in: expected 401 with WWW-Authenticate, got HTTP {stop.Status}"
            );
        }

        return isPolite && signIn!.Break is null ? Access.Protected : Access.Misconfigured;
    }
}
