using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Handover;
using AliveMcp.Vocabulary.Minutes;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Testing.History;

/// <summary>What the regions saw in one minute of a story, and how it was judged.</summary>
internal static class StoryLook
{
    /// <summary>Undisturbed days repeat one of so many patterns, so that long histories can be written quickly.</summary>
    public const int Patterns = 4;

    private static readonly Region[] Regions =
    [
        Region.Of("ap-south"),
        Region.Of("eu-west"),
        Region.Of("sa-east"),
        Region.Of("us-east"),
        Region.Of("us-west"),
    ];

    /// <summary>Total of an undisturbed look by pace, µs.</summary>
    private static readonly int[] Paces = [28_000, 90_000, 260_000, 850_000];

    public static VerdictMinute? At(ServerStory story, MinuteStamp minute, int weight, Spell? spell)
    {
        var traits = story.Traits;
        var list = minute >= traits.ContractChanged ? 1 : 0;
        return spell is { Kind: SpellKind.Lost }
            ? null
            : Seen(story.Server, traits, new Moment(minute, weight, Pattern(story.Server.Server, minute), list), spell);
    }

    /// <summary>The pattern of a server's day.</summary>
    public static int Pattern(ServerId server, MinuteStamp minute) =>
        (int)(Noise.Mix((uint)((server.Value * 977) + (minute.Value / 1440))) % Patterns);

    /// <summary>An undisturbed look; of nobody in particular when the server is not.</summary>
    public static VerdictMinute Seen(ServerKey server, ServerTraits traits, Moment moment, Spell? spell)
    {
        var regions = Asked(traits.Style, moment, spell);
        var entries = regions.Select((region, place) => Entry(traits, moment, region, place, spell));
        var (state, why) = Ruling(traits.Style, spell);
        var shown = state is ServerState.Live or ServerState.Degraded;
        return new VerdictMinute
        {
            Plan = new MinutePlan
            {
                Server = server,
                Minute = moment.Minute,
                Regions = regions,
                Weight = moment.Weight,
                Quorum = 2,
                Maintenance = spell?.Maintenance ?? false,
                Rotating = traits.Style == LookStyle.ByTurn,
                Retention = traits.Retention,
                SettingsVersion = 1,
            },
            State = state,
            Why = why,
            FailedAt = state is ServerState.Live or ServerState.Unknown ? null : Step(spell!.Why),
            Access = shown ? Access.Open : Access.Unknown,
            VerifiedTo = shown ? VerifiedTo.Tools : VerifiedTo.Nothing,
            Entries = spell is { Kind: SpellKind.Blind, Why: Why.NobodyLooked } ? [] : [.. entries],
        };
    }

    /// <summary>By turn, a failure asks the others as well.</summary>
    private static Region[] Asked(LookStyle style, Moment moment, Spell? spell)
    {
        var turn = moment.Minute.Value / moment.Weight % 3;
        return style switch
        {
            LookStyle.OneRegion => Regions[1..2],
            LookStyle.ByTurn when spell is { Kind: SpellKind.Down } =>
            [
                Regions[turn],
                Regions[(turn + 1) % 3],
                Regions[(turn + 2) % 3],
            ],
            LookStyle.ByTurn => Regions[turn..(turn + 1)],
            LookStyle.ThreeRegions => Regions[..3],
            _ => Regions,
        };
    }

    private static (ServerState State, Why Why) Ruling(LookStyle style, Spell? spell) =>
        (spell?.Kind, style) switch
        {
            (null or SpellKind.Well, _) => (ServerState.Live, Why.None),
            (SpellKind.Slow, _) => (ServerState.Degraded, Why.Slow),
            (SpellKind.Regional, LookStyle.OneRegion) => (ServerState.Degraded, Why.ToolMissing),
            (SpellKind.Regional, LookStyle.ByTurn) => (ServerState.Degraded, Why.Unconfirmed),
            (SpellKind.Regional, _) => (ServerState.Degraded, Why.Regional),
            (SpellKind.Down, _) => (ServerState.Down, spell!.Why),
            _ => (ServerState.Unknown, spell!.Why),
        };

    private static RegionEntry Entry(ServerTraits traits, Moment moment, Region region, int place, Spell? spell)
    {
        var state = StateOf(traits.Style, place, spell);
        var noise = Noise.Mix((uint)((((moment.Pattern * 1440) + (moment.Minute.Value % 1440)) * 8) + place) + 7919);
        var saw = state is ServerState.Live or ServerState.Degraded;
        var fails = state is ServerState.Degraded or ServerState.Down;
        var recovered = state == ServerState.Live && noise % 97 == 0 && traits.Style != LookStyle.ByTurn;
        var total = Total(traits.Pace, moment, place, noise) * (spell?.Kind == SpellKind.Slow && saw ? 9 : 1);
        return new RegionEntry
        {
            Region = region,
            State = state,
            Why = WhyOf(traits.Style, state, spell),
            FailedAt = fails ? Step(spell!.Why) : null,
            Access = saw ? Access.Open : Access.Unknown,
            VerifiedTo = saw ? VerifiedTo.Tools : VerifiedTo.Nothing,
            Tries = recovered || (fails && traits.Style != LookStyle.ByTurn) ? 2 : 1,
            FirstTryFailed = recovered || fails,
            Phases = saw ? Phases(total) : null,
            FirstTryTotal = saw && !recovered ? total : null,
            ContractMark = saw ? Mark(traits.Pace, moment.List) : null,
        };
    }

    private static Why WhyOf(LookStyle style, ServerState state, Spell? spell) =>
        state == ServerState.Live ? Why.None
        : spell is { Kind: SpellKind.Regional } && style == LookStyle.OneRegion ? Why.ToolMissing
        : spell!.Why;

    private static ServerState StateOf(LookStyle style, int place, Spell? spell) =>
        spell?.Kind switch
        {
            SpellKind.Slow => ServerState.Degraded,
            SpellKind.Down => ServerState.Down,
            SpellKind.Blind => ServerState.Unknown,
            SpellKind.Regional when style == LookStyle.OneRegion => ServerState.Degraded,
            SpellKind.Regional when place == 0 => ServerState.Down,
            _ => ServerState.Live,
        };

    /// <summary>Slower by day than by night, slower from afar, and now and then much slower.</summary>
    private static int Total(int pace, Moment moment, int place, uint noise)
    {
        var hour = moment.Minute.Value / 60 % 24;
        var byDay = 100 + (hour is > 7 and < 20 ? 25 : 0);
        var jitter = 85 + (int)(noise % 31) + (noise % 53 == 0 ? 180 : 0);
        return (int)((long)Paces[pace] * byDay * jitter * (100 + (place * 12)) / 1_000_000);
    }

    /// <summary>As they are kept: rounded.</summary>
    private static PhaseTimes Phases(int total) =>
        new()
        {
            Resolve = Rounded(total / 40),
            Connect = Rounded(total / 9),
            Tls = Rounded(total / 6),
            Handshake = Rounded(total / 3),
            Tools = Rounded(total / 4),
            FirstByte = Rounded(total / 7),
            Total = total,
        };

    private static int Rounded(int micros) => RoundedTime.Micros(RoundedTime.Code(micros));

    private static ulong Mark(int pace, int list) =>
        ((ulong)Noise.Mix((uint)((pace * 2) + list + 1)) << 32) | Noise.Mix((uint)(pace + list + 99));

    private static ProbeStep Step(Why why) =>
        why switch
        {
            Why.DnsFailed => ProbeStep.Resolve,
            Why.ConnectionRefused or Why.ConnectTimeout => ProbeStep.Connect,
            Why.TlsExpired => ProbeStep.Tls,
            Why.HandshakeError => ProbeStep.Initialize,
            _ => ProbeStep.ToolsList,
        };
}

/// <param name="Minute">When.</param>
/// <param name="Weight">For how many minutes it stands.</param>
/// <param name="Pattern">Which of the patterns of noise.</param>
/// <param name="List">Which of its lists of tools the server shows.</param>
internal readonly record struct Moment(MinuteStamp Minute, int Weight, int Pattern, int List);
