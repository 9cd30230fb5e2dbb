using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>Tells what happened to servers: seeded, so that the same server of the same shape has the same story.</summary>
public sealed class Storyteller(HistoryShape shape)
{
    /// <summary>A server keeps its pause this long.</summary>
    private const int PausedMinutes = (3 * 1440) + 217;

    /// <summary>Every month ends with an outage that reaches into the next one.</summary>
    private const int BeforeMonthEnd = 7;

    private const int AfterMonthEnd = 11;

    /// <summary>In this order, so that even a short story holds every kind.</summary>
    private static readonly (SpellKind Kind, bool Maintenance, int Shortest, int Longest)[] Kinds =
    [
        (SpellKind.Down, false, 2, 180),
        (SpellKind.Slow, false, 5, 240),
        (SpellKind.Blind, false, 1, 5),
        (SpellKind.Regional, false, 2, 40),
        (SpellKind.Well, true, 30, 120),
        (SpellKind.Lost, false, 1, 30),
        (SpellKind.Regional, false, 1, 1),
        (SpellKind.Down, true, 20, 90),
        (SpellKind.Down, false, 1, 12),
        (SpellKind.Slow, true, 10, 60),
        (SpellKind.Down, false, 300, 1_800),
    ];

    private static readonly Why[] DownWhys =
    [
        Why.ConnectionRefused,
        Why.ConnectTimeout,
        Why.HttpError,
        Why.TlsExpired,
        Why.HandshakeError,
        Why.DnsFailed,
    ];

    /// <summary>What happened to a server.</summary>
    public ServerStory Tell(ServerKey server)
    {
        var number = server.Server.Value;
        var traits = new ServerTraits(
            shape.Style ?? (LookStyle)(number % 4),
            number / 4 % 4,
            shape.Retention ?? (RetentionClass)(1 + (number % 4)),
            shape.Until - (number % 3 == 0 ? shape.Days * 1440 / 3 : shape.Days * 1440 * 2)
        );
        return new ServerStory(server, shape, traits, Watched(number));
    }

    /// <summary>The stories of servers of one tenant.</summary>
    public IEnumerable<ServerStory> Tell(TenantId tenant, int first, int count) =>
        Enumerable.Range(first, count).Select(number => Tell(new ServerKey(tenant, new ServerId(number))));

    internal static IEnumerable<Spell> Spells(ServerKey server, HistoryShape shape)
    {
        var random = new Random(unchecked((shape.Seed * 7_368_787) + (server.Server.Value * 31)));
        var kind = random.Next(Kinds.Length);
        var at = shape.From;
        while (true)
        {
            var gap = (int)(-Math.Log(1 - random.NextDouble()) * shape.CalmDays * 1440);
            var next = at + Math.Max(3, gap);
            var end = MonthEndAfter(at);
            if (end - BeforeMonthEnd <= next && end - BeforeMonthEnd >= at)
            {
                at = end + AfterMonthEnd;
                if (at >= shape.Until)
                {
                    yield break;
                }

                yield return new Spell(end - BeforeMonthEnd, at, SpellKind.Down, Why.HttpError, Maintenance: false);
                continue;
            }

            var spell = Next(Kinds[kind++ % Kinds.Length], next, random);
            if (spell.To >= shape.Until)
            {
                yield break;
            }

            yield return spell;
            at = spell.To;
        }
    }

    private static Spell Next(
        (SpellKind Kind, bool Maintenance, int Shortest, int Longest) kind,
        MinuteStamp from,
        Random random
    )
    {
        // More short ones than long ones.
        var share = random.NextDouble();
        var minutes = kind.Shortest + (int)((kind.Longest - kind.Shortest) * share * share);
        var why = kind.Kind switch
        {
            SpellKind.Well => Why.None,
            SpellKind.Slow => Why.Slow,
            SpellKind.Blind => random.Next(2) == 0 ? Why.NobodyLooked : Why.RegionInDoubt,
            _ => DownWhys[random.Next(DownWhys.Length)],
        };
        return new Spell(from, from + minutes, kind.Kind, why, kind.Maintenance);
    }

    private static MinuteStamp MonthEndAfter(MinuteStamp minute)
    {
        var day = minute.Day;
        return MinuteStamp.Of(new DateOnly(day.Year, day.Month, 1).AddMonths(1));
    }

    private IReadOnlyList<WatchedSpan> Watched(int number)
    {
        var weight = shape.Weight ?? Cadences.All[number % Cadences.All.Count];
        var from = shape.From;
        if (!shape.ComeAndGo)
        {
            return [new WatchedSpan(from, null, weight)];
        }

        if (number % 5 == 4)
        {
            from += shape.Days * 1440 / 2 + (number % 1440);
        }

        var third = from + ((shape.Until - from) / 3) + (number % 60);
        if (number % 6 == 2 && third + PausedMinutes < shape.Until)
        {
            return [new WatchedSpan(from, third, weight), new WatchedSpan(third + PausedMinutes, null, weight)];
        }

        return shape.Weight is null && number % 3 == 1
            ? [new WatchedSpan(from, third, weight), new WatchedSpan(third, null, Cadences.All[(number + 3) % 7])]
            : [new WatchedSpan(from, null, weight)];
    }
}
