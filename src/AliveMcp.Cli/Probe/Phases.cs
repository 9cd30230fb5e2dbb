using AliveMcp.Cli.Looking;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Cli.Probe;

/// <summary>Tells a look phase by phase, out of everything that went over the wire.</summary>
internal static class Phases
{
    public static IReadOnlyList<Phase> Of(Look look, Sight sight, DateTimeOffset now)
    {
        var phases = Setup(look.Order, sight, now);
        if (phases.TrueForAll(phase => phase.End != PhaseEnd.Failed))
        {
            phases.AddRange(Steps(sight));
        }

        phases.AddRange(Missing(look.Order, sight, phases));
        return phases;
    }

    private static List<Phase> Setup(ProbeOrder order, Sight sight, DateTimeOffset now)
    {
        var (times, failed) = (sight.Result.Attempt.Phases, sight.Result.Attempt.FailedAt);
        var connection = sight.Connections.Count > 0 ? sight.Connections[0] : null;
        var at = connection?.BeganAt ?? TimeSpan.Zero;
        var phases = new List<Phase>();
        Add("resolve", ProbeStep.Resolve, times.Resolve, connection is null ? "" : PhaseNotes.Resolve(connection));
        Add("connect", ProbeStep.Connect, times.Connect, connection is null ? "" : PhaseNotes.Connect(connection));
        if (order.Url.Scheme == Uri.UriSchemeHttps)
        {
            Add("tls", ProbeStep.Tls, times.Tls, connection is null ? "" : PhaseNotes.Tls(connection, now));
        }

        return phases;

        void Add(string name, ProbeStep step, int micros, string note)
        {
            var took = TimeSpan.FromMicroseconds(micros);
            var end =
                failed == step ? PhaseEnd.Failed
                : micros > 0 ? PhaseEnd.Good
                : PhaseEnd.NotReached;
            phases.Add(
                new Phase
                {
                    Name = name,
                    End = end,
                    BeganAt = at,
                    Took = took,
                    Note = end == PhaseEnd.NotReached ? "" : note,
                }
            );
            at += took;
        }
    }

    private static IEnumerable<Phase> Steps(Sight sight)
    {
        var groups = Groups(sight.Exchanges);
        var list = groups.FindIndex(group => group.Step == ProbeStep.ToolsList);
        for (var at = 0; at < groups.Count; at++)
        {
            var isOtherEra = list >= 0 && at > list && IsHandshake(groups[at].Step);
            yield return isOtherEra ? OtherEra(sight, groups[at].Exchanges) : Step(sight, groups, at);
        }
    }

    private static Phase Step(Sight sight, List<(ProbeStep Step, List<Exchange> Exchanges)> groups, int at)
    {
        var (step, exchanges) = groups[at];
        var attempt = sight.Result.Attempt;
        var isLast = !groups.Skip(at + 1).Any(group => group.Step == step);
        var goesOn = GoesOn(groups, at);
        return Row(exchanges) with
        {
            Name = StepWords.Name(step),
            End =
                attempt.FailedAt == step && isLast && attempt.State != ServerState.Live ? PhaseEnd.Failed
                : IsHandshake(step) && goesOn ? PhaseEnd.PassedBy
                : PhaseEnd.Good,
            Took = Took(sight, step, exchanges),
            Note = PhaseNotes.Of(step, exchanges, sight, goesOn),
        };
    }

    private static Phase OtherEra(Sight sight, List<Exchange> exchanges)
    {
        var answers = sight.Result.Observed.OtherLegAnswers == true;
        return Row(exchanges) with
        {
            Name = "other era",
            End =
                sight.Result.Attempt.Why == Why.EraBroken ? PhaseEnd.Failed
                : answers ? PhaseEnd.Good
                : PhaseEnd.PassedBy,
            Note = answers ? "answers too" : $"not spoken: {PhaseNotes.Refusal(exchanges[^1])}",
        };
    }

    private static Phase Row(List<Exchange> exchanges) =>
        new()
        {
            Name = "",
            End = PhaseEnd.Good,
            BeganAt = exchanges[0].BeganAt + exchanges[0].SetUp,
            Took = Sum(exchanges),
            Bytes = exchanges.Sum(exchange => exchange.ResponseBytes),
        };

    // Over HTTP+SSE one stream carries every answer, so that the exchange of a step does not hold its wait.
    private static TimeSpan Took(Sight sight, ProbeStep step, List<Exchange> exchanges)
    {
        var times = sight.Result.Attempt.Phases;
        var isStream = sight.Result.Observed.Transport == McpTransport.Sse;
        return (isStream, step) switch
        {
            (true, ProbeStep.ToolsList) => TimeSpan.FromMicroseconds(times.Tools),
            (true, ProbeStep.Initialize) => TimeSpan.FromMicroseconds(times.Handshake)
                - Sum(sight.Exchanges.Where(other => other.Step is ProbeStep.Discover or ProbeStep.Initialized)),
            _ => Sum(exchanges),
        };
    }

    private static TimeSpan Sum(IEnumerable<Exchange> exchanges) =>
        exchanges.Aggregate(TimeSpan.Zero, (sum, exchange) => sum + exchange.Took);

    private static bool IsHandshake(ProbeStep step) =>
        step is ProbeStep.Discover or ProbeStep.Initialize or ProbeStep.Initialized;

    // The other era, or the older transport, is asked when this one leads nowhere.
    private static bool GoesOn(List<(ProbeStep Step, List<Exchange> Exchanges)> groups, int at) =>
        groups
            .Skip(at + 1)
            .TakeWhile(group => group.Step != ProbeStep.ToolsList)
            .Any(group => group.Step is ProbeStep.Discover or ProbeStep.Initialize);

    private static List<(ProbeStep Step, List<Exchange> Exchanges)> Groups(IReadOnlyList<Exchange> exchanges)
    {
        var groups = new List<(ProbeStep Step, List<Exchange> Exchanges)>();
        foreach (var exchange in exchanges)
        {
            if (groups.Count == 0 || groups[^1].Step != exchange.Step)
            {
                groups.Add((exchange.Step, []));
            }

            groups[^1].Exchanges.Add(exchange);
        }

        return groups;
    }

    private static IEnumerable<Phase> Missing(ProbeOrder order, Sight sight, List<Phase> phases)
    {
        string[] handshakes = ["discover", "initialize", "gate"];
        if (!phases.Exists(phase => handshakes.Contains(phase.Name, StringComparer.Ordinal)))
        {
            yield return NotReached("handshake");
        }

        if (sight.Result.Observed.ToolCount is null && !phases.Exists(phase => phase.Name == "tools/list"))
        {
            yield return NotReached("tools/list");
        }

        if (order.Expectations.TestCalls.Count > 0 && !phases.Exists(phase => phase.Name == "test call"))
        {
            yield return NotReached("test call");
        }
    }

    private static Phase NotReached(string name) => new() { Name = name, End = PhaseEnd.NotReached };
}
