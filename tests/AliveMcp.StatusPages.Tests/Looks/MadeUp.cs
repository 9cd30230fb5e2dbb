using AliveMcp.Alerting.Incidents;
using AliveMcp.Archive.Drift;
using AliveMcp.Archive.History;
using AliveMcp.Archive.Status;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Pages;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Tests.Looks;

/// <summary>Views as a busy install would have them: months of days with a bad one here and there, a day of latency, a contract.</summary>
internal static class MadeUp
{
    public static readonly MinuteStamp Now = MinuteStamp.Of(new DateTimeOffset(2026, 11, 21, 14, 37, 0, TimeSpan.Zero));

    private static readonly string[] Regions = ["us-east", "us-west", "eu-west", "ap-southeast", "sa-east"];

    public static ListedServer Server(string slug, string name, params string[] tags) =>
        new()
        {
            Key = new ServerKey(new TenantId(2), new ServerId(Math.Abs(slug.GetHashCode(StringComparison.Ordinal)))),
            PublicSlug = slug,
            Name = name,
            DisplayUrl = $"https://mcp.{slug}.example.com",
            Tags = tags,
            Paused = false,
        };

    public static ServerStatus Live() =>
        new()
        {
            State = ServerState.Live,
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
            Minute = Now,
            LastMinute = Now,
            Since = Now - 1213,
            Regions = [.. Regions.Select((name, i) => Region(name, ServerState.Live, Why.None, 180 + (i * 57)))],
            Uptime24h = 100m,
            Uptime30d = 99.98m,
            Coverage30d = 99.71m,
            P95Ms = 412,
            Version = "live",
        };

    public static RegionStatus Region(string name, ServerState state, Why why, int? latency) =>
        new(Vocabulary.Region.Of(name), state, why, null, Access.Open, latency);

    public static StatusView View(ListedServer server, ServerStatus status, int seed = 7) =>
        new()
        {
            Server = server,
            Status = status,
            Facts = Facts(status, seed),
            ToldAt = null,
            StaleSince = null,
            Today = Now.Day,
            Origin = "https://status.example.com",
        };

    public static PageFacts Facts(ServerStatus status, int seed) =>
        new(
            [.. Days(seed)],
            [.. Hour(status)],
            [.. LastDay(status)],
            [.. Latency(seed)],
            Contract(),
            [.. Incidents(status)]
        );

    /// <summary>A run of one state that ended, or goes on when it has no end.</summary>
    public static StateRun Run(ServerState state, Why why, int back, int minutes, bool goesOn = false) =>
        new()
        {
            State = state,
            Why = why,
            FailedAt = null,
            From = Now - back,
            To = goesOn ? null : Now - back + minutes,
            Minutes = minutes,
            MaintenanceMinutes = 0,
            MayHaveBegunBefore = false,
        };

    /// <summary>One that was over days ago, and one that lasts when the server is not live.</summary>
    private static IEnumerable<ToldIncident> Incidents(ServerStatus status)
    {
        if (status.State is ServerState.Down)
        {
            yield return Incident(18, 3, null) with
            {
                AcknowledgedAt = (Now - 1).Start,
                Updates = [new ToldUpdate((Now - 1).Start, "We see it too, and are looking for the cause.")],
            };
        }

        yield return Incident(12, 4_000, 3_975);
    }

    public static ToldIncident Incident(long id, int back, int? endedBack) =>
        new()
        {
            Id = new IncidentId(id),
            Kind = "outage",
            Title = "Outage",
            Summary = "It does not answer in time.",
            Regions = ["New York", "London", "Singapore"],
            StartedAt = (Now - back).Start,
            ResolvedAt = endedBack is { } ended ? (Now - ended).Start : null,
            IsFlapping = false,
            AcknowledgedAt = null,
            ExcludedReason = null,
            Updates = [],
        };

    private static IEnumerable<StateRun> LastDay(ServerStatus status) =>
        [
            Run(ServerState.Live, Why.None, 1439, 1027),
            Run(ServerState.Down, Why.ConnectTimeout, 412, 7),
            Run(ServerState.Live, Why.None, 405, 374),
            Run(ServerState.Degraded, Why.Slow, 31, 2),
            Run(ServerState.Live, Why.None, 29, 26),
            .. status.State is ServerState.Live or ServerState.Unknown
                ? (StateRun[])[]
                : [Run(status.State, status.Why, 3, 4, goesOn: true)],
        ];

    private static IEnumerable<DayBar> Days(int seed)
    {
        var random = new Random(seed);
        for (var back = 250; back >= 0; back--)
        {
            var luck = random.NextDouble();
            // Some days nobody looked.
            if (back is > 60 and < 64)
            {
                yield return new DayBar { Day = Now.Day.AddDays(-back), UnknownMinutes = 1440 };
                continue;
            }

            var minutes = back == 0 ? 877 : 1440;
            var down =
                luck > 0.975 ? random.Next(12, 160)
                : luck > 0.93 ? random.Next(1, 4)
                : 0;
            var degraded = luck is > 0.86 and < 0.93 ? random.Next(6, 240) : 0;
            var unknown = luck < 0.03 ? random.Next(5, 60) : 0;
            var counted = minutes - unknown;
            yield return new DayBar
            {
                Day = Now.Day.AddDays(-back),
                LiveMinutes = counted - down - degraded,
                DegradedMinutes = degraded,
                DownMinutes = down,
                UnknownMinutes = unknown,
                MaintenanceMinutes = back == 20 ? 60 : 0,
                Uptime = Math.Floor((counted - down) * 10_000m / counted) / 100,
                Shown =
                    down >= 5 ? ServerState.Down
                    : degraded >= 5 ? ServerState.Degraded
                    : ServerState.Live,
            };
        }
    }

    private static IEnumerable<MinuteRow> Hour(ServerStatus status)
    {
        for (var back = 0; back < 60; back++)
        {
            var (state, why) =
                back < 4 ? (status.State, status.Why)
                : back is 31 or 32 ? (ServerState.Degraded, Why.Slow)
                : back == 47 ? (ServerState.Unknown, Why.NobodyLooked)
                : (ServerState.Live, Why.None);
            yield return new MinuteRow(Now - back, state, why, 1, Maintenance: false, 210);
        }
    }

    private static IEnumerable<LatencyPoint> Latency(int seed)
    {
        var random = new Random(seed);
        for (var back = 23; back >= 0; back--)
        {
            var middle = 205 + (int)(60 * Math.Sin(back / 3.4)) + random.Next(-18, 18);
            int? p50 = back == 15 ? null : middle;
            yield return new LatencyPoint(
                new DateTimeOffset(2026, 11, 21, 14, 0, 0, TimeSpan.Zero).AddHours(-back),
                p50,
                p50 + 130 + random.Next(0, 70)
            );
        }
    }

    public static ContractPanel Contract() =>
        new()
        {
            ToolCount = 12,
            ToolNames =
            [
                "search_flights",
                "get_fare",
                "list_airports",
                "hold_booking",
                "confirm_booking",
                "cancel_booking",
                "list_seats",
                "choose_seat",
                "get_itinerary",
                "add_bag",
                "flight_status",
                "subscribe_to_changes",
            ],
            ContractHash = "sha256:3f2a9c01d4e75b1186a0c2f49be017d3a5586c2290f1e4b7d8a3c6e91f0b2d4c",
            FirstSeen = new DateTimeOffset(2026, 8, 3, 9, 12, 0, TimeSpan.Zero),
            LastChange = new DateTimeOffset(2026, 11, 6, 17, 41, 0, TimeSpan.Zero),
            ProtocolVersion = "2025-11-25",
            ServerName = "fares-mcp",
            ServerVersion = "4.2.0",
            LookRequests = 4,
            LookBytes = 11_900,
            IssuesSessions = true,
            Era = Era.Initialize,
            Transport = McpTransport.Http,
            Drifts = [.. Drifts()],
        };

    private static IEnumerable<DeclaredDrift> Drifts() =>
        [
            Drift(
                new DateTimeOffset(2026, 11, 6, 17, 41, 0, TimeSpan.Zero),
                new(
                    "security",
                    "read_only_lost",
                    "get_fare",
                    "/annotations/readOnlyHint",
                    "The tool no longer promises to change nothing."
                ),
                new(
                    "breaking",
                    "parameter_now_required",
                    "search_flights",
                    "/inputSchema/properties/date",
                    "The parameter \"date\" must now be there."
                ),
                new("additive", "tool_added", "add_bag", "", "The tool \"add_bag\" is new.")
            ),
            Drift(new DateTimeOffset(2026, 10, 30, 8, 2, 0, TimeSpan.Zero)) with
            {
                Kind = "contract_unstable",
            },
            Drift(
                new DateTimeOffset(2026, 9, 14, 21, 15, 0, TimeSpan.Zero),
                new PanelChange("text", "description_changed", "hold_booking", "/description", "Another description.")
            ),
        ];

    /// <summary>A declared drift with these changes.</summary>
    public static DeclaredDrift Drift(DateTimeOffset at, params PanelChange[] changes) =>
        new()
        {
            Minute = MinuteStamp.Of(at),
            Kind = "drift",
            Classes = [.. changes.Select(change => change.Class).Distinct()],
            FromHash = "sha256:" + new string('1', 64),
            ToHash = "sha256:" + new string('2', 64),
            Changes = changes,
            ChangeCount = changes.Length,
        };
}
