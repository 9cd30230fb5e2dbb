using System.Globalization;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Judging;

/// <summary>
/// Judges one try: pure and total, so that command line and prober say the same of the same sighting.
/// The first failing layer is the cause; what makes an agent get nothing comes before what makes it get less, and what was seen before
/// what could not be looked at.
/// </summary>
internal static class ProbeJudge
{
    public static Verdict Judge(Sighting sighting, ProbeOrder order)
    {
        if (Stopped(sighting, order) is { } stopped)
        {
            // Behind a door that is rightly shut, the owner's health URL is all that can be seen.
            return stopped.State == ServerState.Live ? Health(sighting, stopped) ?? stopped : stopped;
        }

        return Worst(Failures(sighting, order)) ?? Live(sighting);
    }

    /// <summary>Everything that is wrong with a server that let us in, in the order of the layers.</summary>
    private static IEnumerable<Verdict?> Failures(Sighting sighting, ProbeOrder order)
    {
        yield return Down(sighting, order);
        yield return Degraded(sighting, order);
        foreach (var call in sighting.Calls)
        {
            yield return CallRules.Judge(call) is { } verdict
                ? verdict with
                {
                    Access = sighting.Access,
                    VerifiedTo = Depth(sighting),
                }
                : null;
        }

        yield return Health(sighting, Live(sighting));
    }

    private static Verdict? Worst(IEnumerable<Verdict?> verdicts)
    {
        Verdict? worst = null;
        foreach (var verdict in verdicts)
        {
            if (verdict is not null && (worst is null || Weight(verdict.State) > Weight(worst.State)))
            {
                worst = verdict;
            }
        }

        return worst;
    }

    private static int Weight(ServerState state) =>
        state switch
        {
            ServerState.Down => 3,
            ServerState.Degraded => 2,
            ServerState.Unknown => 1,
            _ => 0,
        };

    private static Verdict? Health(Sighting sighting, Verdict otherwise) =>
        sighting.Health is { } fault
            ? otherwise with
            {
                State = ServerState.Degraded,
                Why = fault.Why,
                FailedAt = ProbeStep.Health,
                Detail = fault.Detail,
                HttpStatus = fault.Status,
            }
            : null;

    private static Verdict? Stopped(Sighting sighting, ProbeOrder order) =>
        sighting.Stop is { } stop ? Judge(stop, order, sighting, VerifiedTo.Nothing)
        : sighting.List?.Stop is { } listStop ? Judge(listStop, order, sighting, VerifiedTo.Handshake)
        : null;

    private static Verdict Judge(Stop stop, ProbeOrder order, Sighting sighting, VerifiedTo seen)
    {
        var why = StopReasons.Of(stop);
        return DoorRules.Judge(stop, why, order, sighting)
            ?? new Verdict
            {
                State = WhyWords.Outcome(why),
                Why = why,
                FailedAt = stop.Step,
                Access = seen == VerifiedTo.Nothing ? sighting.Gate?.Access ?? Access.Unknown : sighting.Access,
                VerifiedTo = seen,
                Detail = Detail(stop, why),
                HttpStatus = stop.Status,
            };
    }

    private static Verdict? Down(Sighting sighting, ProbeOrder order)
    {
        var list = sighting.List;
        if (list is not null && Oddity(list.End) is { } oddity)
        {
            // Not one bad tool but no list that can be trusted: an agent gets nothing.
            return AtList(ServerState.Down, Why.ToolsMalformed, sighting, oddity);
        }

        if (list is { End: ListEnd.Endless })
        {
            return AtList(
                ServerState.Down,
                Why.ToolsEndless,
                sighting,
                "expected pages that add tools and end, got a repeated cursor or page"
            );
        }

        if (
            (list is null || IsWhole(list))
            && (list?.ToolCount ?? 0) == 0
            && (order.HadTools || order.Expectations.Tools.Count > 0)
        )
        {
            return AtList(ServerState.Down, Why.ToolsEmpty, sighting, "expected tools as before, got none");
        }

        return list?.Names is { } names ? MissingTool(sighting, order, names) : null;
    }

    private static Verdict? MissingTool(Sighting sighting, ProbeOrder order, IReadOnlySet<string> names)
    {
        var missing = order.Expectations.Tools.Where(tool => !names.Contains(tool)).ToList();
        return missing.Count == 0
            ? null
            : AtList(
                ServerState.Down,
                Why.ToolMissing,
                sighting,
                $"expected {string.Join(", ", missing.Take(5))}, not in the list of {sighting.List!.ToolCount}"
            );
    }

    private static Verdict? Degraded(Sighting sighting, ProbeOrder order)
    {
        if (DoorRules.Gate(sighting, order, Depth(sighting)) is { } door)
        {
            return door;
        }

        if (order.Expectations.Protection == ProtectionExpectation.Protected && !sighting.HasCredential)
        {
            return AtList(
                ServerState.Degraded,
                Why.DoorOpen,
                sighting,
                "expected to be asked to sign in, got an answer"
            );
        }

        if (sighting.OtherLegBroken is { } broken)
        {
            return AtList(
                ServerState.Degraded,
                Why.EraBroken,
                sighting,
                $"expected the other protocol era to answer to {WordOf(broken.Step)} as before, got: {broken.Detail ?? "silence"}"
            ) with
            {
                FailedAt = broken.Step,
            };
        }

        if (sighting.List is { Faults: [var fault, ..] })
        {
            return AtList(ServerState.Degraded, Why.ToolsMalformed, sighting, fault.Detail);
        }

        if (sighting.List is { } list && LimitOf(list.End, order.Limits) is { } limit)
        {
            return AtList(ServerState.Degraded, Why.ListOverLimit, sighting, $"expected at most {limit}, got more");
        }

        if (sighting.Pace > order.Limits.SlowAfter)
        {
            var detail = string.Create(
                CultureInfo.InvariantCulture,
                $"expected handshake and tool list within {order.Limits.SlowAfter.TotalSeconds:0.#} s, got them in {sighting.Pace.TotalSeconds:0.##} s"
            );
            return AtList(ServerState.Degraded, Why.Slow, sighting, detail);
        }

        return null;
    }

    private static string? Oddity(ListEnd end) =>
        end switch
        {
            ListEnd.NoArray => "expected an array of tools, got none",
            ListEnd.OddCursor => "expected a nextCursor that is text, null or absent, got another kind",
            ListEnd.OddResultType => "expected a resultType that is 'complete' or absent, got another",
            _ => null,
        };

    private static string? LimitOf(ListEnd end, ProbeLimits limits) =>
        end switch
        {
            ListEnd.TooManyTools => $"{limits.Tools} tools",
            ListEnd.TooManyPages => $"{limits.Pages} pages",
            ListEnd.TooManyBytes => $"{limits.BodyBytes} bytes in all pages",
            _ => null,
        };

    private static Verdict Live(Sighting sighting) =>
        new()
        {
            State = ServerState.Live,
            Access = sighting.Access,
            VerifiedTo = Depth(sighting),
        };

    private static Verdict AtList(ServerState state, Why why, Sighting sighting, string detail) =>
        new()
        {
            State = state,
            Why = why,
            FailedAt = ProbeStep.ToolsList,
            Access = sighting.Access,
            VerifiedTo = Depth(sighting),
            Detail = detail,
            HttpStatus = null,
        };

    private static VerifiedTo Depth(Sighting sighting) =>
        sighting.List is not { } list || !IsWhole(list) ? VerifiedTo.Handshake
        : sighting.Calls.Count > 0 && sighting.Calls.All(call => call.Passed) ? VerifiedTo.TestCall
        : VerifiedTo.Tools;

    private static bool IsWhole(ListSighting list) => list.End == ListEnd.Whole;

    private static string? Detail(Stop stop, Why why) =>
        why switch
        {
            Why.BotChallenge => $"expected an answer, got a challenge of {stop.Signs?.Wall ?? "a bot wall"}",
            Why.Timeout when stop.Detail is null => $"expected an answer to {WordOf(stop.Step)} in time, got silence",
            Why.ListIncomplete => "expected all pages of the tool list in time, some are missing",
            _ => stop.Detail,
        };

    private static string WordOf(ProbeStep step) =>
        step switch
        {
            ProbeStep.Resolve => "the name's resolution",
            ProbeStep.Connect => "the connection",
            ProbeStep.Tls => "the TLS handshake",
            ProbeStep.Discover => "server/discover",
            ProbeStep.Initialize => "initialize",
            ProbeStep.Initialized => "notifications/initialized",
            ProbeStep.ToolsList => "tools/list",
            ProbeStep.Gate => "a stranger's knock",
            ProbeStep.Token => "our request for an access token",
            _ => "our request",
        };
}
