using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Subscriptions;
using AliveMcp.Archive.Drift;
using AliveMcp.StatusPages.Incidents;
using AliveMcp.StatusPages.Overview;
using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Standings;
using AliveMcp.StatusPages.Subscribers;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Tests.Looks;

/// <summary>The pages that are looked at, by name.</summary>
internal static class Shown
{
    public static IReadOnlyDictionary<string, Func<Showroom, Task<string>>> AllByName() =>
        new Dictionary<string, Func<Showroom, Task<string>>>(StringComparer.Ordinal)
        {
            ["status-live"] = room => room.ShowAsync(Live()),
            ["status-down"] = room => room.ShowAsync(Down()),
            ["status-regional"] = room => room.ShowAsync(Regional()),
            ["status-held"] = room => room.ShowAsync(Held()),
            ["status-minutes-old"] = room => room.ShowAsync(MinutesOld()),
            ["status-new"] = room => room.ShowAsync(Fresh()),
            ["status-stale"] = room => room.ShowAsync(Stale()),
            ["status-archive-away"] = room => room.ShowAsync(ArchiveAway()),
            ["status-hostile"] = room => room.ShowAsync(Hostile()),
            ["overview"] = room => room.ShowAsync("/", OverviewView.Of(Rows(), new OverviewAsk(), null)),
            ["overview-empty"] = room => room.ShowAsync("/empty", OverviewView.Of([], new OverviewAsk(), null)),
            ["overview-none"] = room =>
                room.ShowAsync("/none", OverviewView.Of(Rows(), new OverviewAsk { Text = "zzz" }, null)),
            ["incident-month"] = room =>
                room.ShowAsync(Month(MadeUp.Incident(2, 90, 30), MadeUp.Incident(1, 4_000, 3_000))),
            ["incident-month-calm"] = room => room.ShowAsync(Month()),
            ["incident"] = room =>
                room.ShowAsync(
                    new IncidentView(
                        MadeUp.Server("northwind", "Northwind Flights"),
                        MadeUp.Incident(2, 90, 30) with
                        {
                            AcknowledgedAt = (MadeUp.Now - 85).Start,
                            Updates =
                            [
                                new ToldUpdate(
                                    (MadeUp.Now - 80).Start,
                                    "We see it too, and are looking for the cause."
                                ),
                                new ToldUpdate((MadeUp.Now - 40).Start, "A disk was full. It is being emptied."),
                            ],
                        }
                    )
                ),
            ["subscribe"] = room => room.ShowAsync(Subscribe(new SubscriptionWays(true, true))),
            ["subscribe-feeds-only"] = room => room.ShowAsync(Subscribe(default)),
            ["subscribe-refused"] = room =>
                room.ShowAsync(
                    Subscribe(new SubscriptionWays(true, true)) with
                    {
                        Fault = new Problem("email_invalid", "email is no mail address.", "email"),
                        Email = "<script>alert(1)</script>",
                    }
                ),
            ["subscribe-asked"] = room =>
                room.ShowAsync(
                    Subscribe(new SubscriptionWays(true, true)) with
                    {
                        Next =
                            "If this address does not hear of it yet, a letter is on its way there. Open its link within 24 hours and say yes; nothing else is sent before.",
                    }
                ),
            ["not-found"] = room => room.ShowLostAsync(),
        };

    private static SubscribeView Subscribe(SubscriptionWays ways) =>
        new() { Server = MadeUp.Server("northwind", "Northwind Flights"), Ways = ways };

    private static IncidentMonthView Month(params ToldIncident[] incidents) =>
        new(
            MadeUp.Server("northwind", "Northwind Flights"),
            new DateOnly(2026, 11, 1),
            incidents,
            IsWhole: true,
            MadeUp.Now.Day
        );

    private static StatusView Live() =>
        MadeUp.View(MadeUp.Server("northwind", "Northwind Flights", "travel", "booking"), MadeUp.Live());

    private static StatusView Down() =>
        MadeUp.View(
            MadeUp.Server("ledger", "Ledger Tools", "finance"),
            MadeUp.Live() with
            {
                State = ServerState.Down,
                Why = Why.Timeout,
                FailedAt = ProbeStep.ToolsList,
                Since = MadeUp.Now - 3,
                Access = Access.Unknown,
                VerifiedTo = VerifiedTo.Handshake,
                Uptime24h = 99.72m,
                Uptime30d = 99.12m,
                P95Ms = 1840,
                Regions =
                [
                    MadeUp.Region("us-east", ServerState.Down, Why.Timeout, 15003),
                    MadeUp.Region("eu-west", ServerState.Down, Why.Timeout, 15001),
                    MadeUp.Region("ap-southeast", ServerState.Down, Why.ConnectionReset, null),
                ],
            },
            seed: 3
        );

    private static StatusView Regional() =>
        MadeUp.View(
            MadeUp.Server("atlas", "Atlas Maps", "maps", "search", "geo"),
            MadeUp.Live() with
            {
                State = ServerState.Degraded,
                Why = Why.Regional,
                Regional = true,
                DriftInLast24h = true,
                Since = MadeUp.Now - 12,
                Regions =
                [
                    .. MadeUp.Live().Regions.Take(4),
                    MadeUp.Region("sa-east", ServerState.Down, Why.ConnectTimeout, null),
                ],
            },
            seed: 11
        );

    private static StatusView Held() =>
        MadeUp.View(
            MadeUp.Server("vault", "Vault of Documents", "documents"),
            MadeUp.Live() with
            {
                Access = Access.Protected,
                VerifiedTo = VerifiedTo.Gate,
                Held = true,
                Minute = MadeUp.Now - 6,
                Regions = [MadeUp.Region("local", ServerState.Live, Why.None, 38)],
            },
            seed: 5
        );

    private static StatusView Fresh() =>
        MadeUp.View(
            MadeUp.Server("brand-new", "Brand New"),
            new() { State = ServerState.Unknown, Version = "new" }
        ) with
        {
            Facts = new PageFacts([], [], [], [], null, []),
        };

    private static StatusView MinutesOld()
    {
        var status = MadeUp.Live() with { Since = MadeUp.Now - 6 };
        var view = MadeUp.View(MadeUp.Server("minutes-old", "Minutes Old", "demo"), status);
        var hour = view.Facts!.Hour.Take(7).Select((row, i) => row with { LatencyMs = 190 + (i * i * 3) });
        return view with
        {
            Facts = view.Facts with { Days = [.. view.Facts.Days.TakeLast(1)], Hour = [.. hour], Latency = [] },
        };
    }

    private static StatusView Stale()
    {
        var refreshed = MadeUp.Now.Start;
        var view = Live();
        return view with
        {
            Status = Standing.Disbelieved(view.Status),
            LastVerified = view.Status,
            StaleSince = refreshed,
            ToldAt = refreshed,
        };
    }

    private static StatusView ArchiveAway()
    {
        var view = Regional();
        return view with { Server = view.Server with { PublicSlug = "archive-away" }, ToldAt = MadeUp.Now.Start };
    }

    private static StatusView Hostile()
    {
        const string name = "<script>alert(1)</script>\u202egnp.exe\u0007 \"quoted\" & 'single'";
        var server = MadeUp.Server("hostile", name, "<b>bold</b>", new string('w', 90), "\u202ertl");
        var view = MadeUp.View(
            server with
            {
                DisplayUrl = "https://" + new string('x', 180) + ".example",
            },
            MadeUp.Live()
        );
        var tools = Enumerable.Range(0, 200).Select(i => $"<img src=x onerror=alert({i})>\u202e{new string('t', 50)}");
        return view with
        {
            Facts = view.Facts! with
            {
                Incidents =
                [
                    .. Enumerable
                        .Range(1, 2)
                        .Select(id =>
                            MadeUp.Incident(id, 400 * id, null) with
                            {
                                Summary = name + new string('s', 300),
                                Regions = [.. Enumerable.Repeat("<b>" + new string('r', 50), 30)],
                                ExcludedReason = new string('e', 300),
                                Updates = [new ToldUpdate(MadeUp.Now.Start, new string('u', 2_000))],
                            }
                        ),
                ],
                Contract = view.Facts.Contract! with
                {
                    ToolCount = 100_000,
                    ToolNames = [.. tools],
                    ServerName = new string('S', 500),
                    ProtocolVersion = "</dd></dl><h1>owned",
                    Drifts =
                    [
                        MadeUp.Drift(
                            DateTimeOffset.UnixEpoch,
                            [.. tools.Select(tool => new PanelChange("breaking", "x", tool, "/x", $"Detail {tool}"))]
                        ),
                    ],
                    Findings = [.. tools.Select(tool => new PanelFinding("x", tool, "", tool, tool))],
                },
            },
        };
    }

    private static IReadOnlyList<OverviewRow> Rows() =>
        [
            .. new[] { Live(), Down(), Regional(), Held(), Fresh() }.Select(view => new OverviewRow(
                view.Server,
                view.Status
            )),
            .. Enumerable
                .Range(1, 55)
                .Select(i => new OverviewRow(
                    MadeUp.Server($"server-{i}", $"Example server {i}", i % 3 == 0 ? "search" : "database", "demo"),
                    MadeUp.Live() with
                    {
                        Uptime30d = 100m - (i * 0.07m),
                        P95Ms = 80 + (i * 31),
                    }
                )),
        ];
}
