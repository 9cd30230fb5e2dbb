using System.Globalization;
using System.Net;
using AliveMcp.Archive.History;
using AliveMcp.Archive.Slo;
using AliveMcp.Archive.Slo.Sla;
using AliveMcp.Servers.Objectives;
using AliveMcp.Testing.History;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;

namespace AliveMcp.Archive.Tests.Slo;

/// <summary>Reports of generated histories: every state and cadence, maintenance, a leap February, outages over the month's end, servers that come midway.</summary>
public sealed class SlaReportTests(SlaReportTests.Archive archive) : IClassFixture<SlaReportTests.Archive>
{
    private static readonly SlaMonth February = new(new DateOnly(2028, 2, 1));
    private static readonly SlaMonth March = new(new DateOnly(2028, 3, 1));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Figures_days_and_outages_agree_with_the_story_to_the_minute(int month)
    {
        var report = await archive.ReportAsync(month == 2 ? February : March);

        Assert.Equal(month == 2, report.IsFinal);
        Assert.Equal(archive.Stories.Count, report.Servers.Count);
        Assert.Contains(report.Servers, server => server.Figures.DownMinutes > 0);
        Assert.Contains(report.Servers, server => server.Figures.MaintenanceMinutes > 0);
        Assert.Contains(report.Servers, server => server.Figures.UnknownMinutes > 0);
        foreach (var (server, story) in report.Servers.Zip(archive.Stories))
        {
            var told = story.Window(report.Month.Start, report.Month.End);
            var figures = server.Figures;
            Assert.Equal(
                (told.Live, told.Degraded, told.Down, told.Maintenance),
                (figures.LiveMinutes, figures.DegradedMinutes, figures.DownMinutes, figures.MaintenanceMinutes)
            );
            Assert.Equal(told.Uptime, figures.Uptime);
            // Of the open day a look may stand for minutes beyond the moment of asking.
            foreach (var bar in server.Days.Where(bar => bar.Day < archive.Until.Day))
            {
                Assert.Equal(story.Day(bar.Day).Unknown, bar.UnknownMinutes);
            }

            Assert.Equal(Days(report.Month).Select(day => story.Day(day).Down), Bars(server, report.Month));
            Assert.Equal(figures.UnknownMinutes, server.Days.Sum(day => day.UnknownMinutes));
            Assert.Equal(figures.DownMinutes, server.Downs.Sum(down => down.Minutes));
            Assert.Equal(server.Budget.SpentMinutes, told.Down);
        }
    }

    [Fact]
    public async Task An_outage_over_the_months_end_is_cut_at_midnight()
    {
        var (february, march) = (await archive.ReportAsync(February), await archive.ReportAsync(March));

        // Every story goes down 7 minutes before a month ends and comes back 11 minutes into the next one.
        var minutely = archive.Stories.FindIndex(story =>
            story.Watched is [{ Weight: 1 } span] && span.From < February.Start
        );
        var before = february.Servers[minutely].Downs[^1];
        var after = march.Servers[minutely].Downs[0];
        Assert.Equal((March.Start - 7, 7), (before.From, before.Minutes));
        Assert.Null(before.To);
        Assert.Equal((March.Start, 11), (after.From, after.Minutes));
        Assert.Equal(March.Start + 11, after.To);
        Assert.True(after.MayHaveBegunBefore);
        Assert.Equal(Why.HttpError, after.Why);
    }

    [Fact]
    public async Task A_server_that_came_midway_is_expected_from_then_on_only()
    {
        var report = await archive.ReportAsync(February);

        var late = archive.Stories.FindIndex(story =>
            story.Watched[0].From > February.Start && story.Watched[0].From < February.End
        );
        Assert.True(late >= 0, "No story of this shape begins in February.");
        var figures = report.Servers[late].Figures;
        Assert.InRange(
            figures.CountedMinutes + figures.UnknownMinutes + figures.MaintenanceMinutes,
            1,
            February.End - archive.Stories[late].Watched[0].From + 60
        );
    }

    [Fact]
    public async Task Budget_and_burn_rates_are_those_of_their_windows()
    {
        foreach (var story in archive.Stories)
        {
            var server = archive.Promised(story) with
            {
                Objective = new Objective(99.5m, ObjectiveWindow.CalendarMonth),
            };

            var standing = await archive.Slo.OfAsync(server, Cancelled);

            var told = story.Window(March.Start, March.End);
            Assert.Equal(told.Down, standing.Budget.SpentMinutes);
            Assert.Equal(told.Counted, standing.Figures.CountedMinutes);
            foreach (var burn in standing.Burns)
            {
                var longer = story.Window(archive.Until - burn.Rule.LongMinutes, archive.Until);
                var expected =
                    longer.Counted == 0
                        ? (decimal?)null
                        : Math.Floor(longer.Down * 100m / (longer.Counted * 0.005m)) / 100m;
                Assert.Equal(expected, burn.LongRate);
            }
        }
    }

    [Fact]
    public async Task The_page_holds_every_server_and_nothing_that_acts()
    {
        var report = await archive.ReportAsync(February);
        using var pages = new SlaPages(NullLoggerFactory.Instance);

        var hostile = report with
        {
            Servers =
            [
                report.Servers[0] with
                {
                    Server = report.Servers[0].Server with { Name = "<script>alert(1)</script>\u202egnp.exe" },
                },
                .. report.Servers.Skip(1),
            ],
        };
        var page = await pages.RenderAsync(hostile, "Alice & <b>Sons</b>");

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("February 2028 · Alice &amp; &lt;b&gt;Sons&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Equal(report.Servers.Count, page.Split("<svg").Length - 1);
        Assert.Contains(UptimeFigures.Formula, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2028-04", "month is 2028-04, which has not begun; give one up to the running month.")]
    [InlineData("2020-01", "month is 2020-01; the oldest that is reported is 2021-03.")]
    [InlineData("February", "month is 'February'; give year and month, for example 2026-10.")]
    public void Months_that_cannot_be_reported_are_refused_by_value(string text, string message)
    {
        var read = archive.Reports.Month(text);

        Assert.Equal([message], read.Problems.Select(problem => problem.Message));
        Assert.Equal("month", read.Problems[0].Field);
    }

    private static IEnumerable<DateOnly> Days(SlaMonth month) =>
        Enumerable.Range(0, month.Last.Day).Select(month.First.AddDays);

    /// <summary>Days that are still to come have no bar, and nothing was down in them.</summary>
    private static IEnumerable<int> Bars(SlaServer server, SlaMonth month) =>
        Days(month).Select(day => server.Days.FirstOrDefault(bar => bar.Day == day)?.DownMinutes ?? 0);

    /// <summary>An archive with histories in it.</summary>
    public sealed class Archive : IAsyncLifetime
    {
        private static readonly HistoryShape Shape = new()
        {
            Until = MinuteStamp.Of(new DateTimeOffset(2028, 3, 20, 7, 30, 0, TimeSpan.Zero)),
            Days = 60,
            CalmDays = 1,
        };

        private readonly TestStorage _storage = new();

        public List<ServerStory> Stories { get; } = [.. new Storyteller(Shape).Tell(TenantId.Local, 1, 28)];

        public MinuteStamp Until => Shape.Until;

        internal SlaReports Reports { get; private set; } = null!;

        internal SloQueries Slo { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await _storage.InitializeAsync();
            await new HistoryWriter(_storage.Doors).WriteAsync(Stories, Cancelled);
            var clock = new TestClock(Shape.Now);
            var (reader, reach) = (new HistoryReader(_storage.Doors, clock), HistoryReach.Whole);
            var uptime = new UptimeQueries(reader, reach);
            Reports = new SlaReports(uptime, new ServerHistory(reader, reach), new MinuteQueries(reader, reach), clock);
            Slo = new SloQueries(uptime, clock);
        }

        public ValueTask DisposeAsync() => _storage.DisposeAsync();

        internal Task<SlaReport> ReportAsync(SlaMonth month) =>
            Reports.MakeAsync(month, Stories.ConvertAll(Promised), Cancelled);

        internal PromisedServer Promised(ServerStory story) =>
            new()
            {
                Key = story.Server,
                Slug = string.Create(CultureInfo.InvariantCulture, $"server-{story.Server.Server.Value}"),
                Name = string.Create(CultureInfo.InvariantCulture, $"Server {story.Server.Server.Value}"),
                Objective = Objective.Default,
                IsChosen = false,
                Cadence = 1,
                IsPaused = false,
            };
    }
}
