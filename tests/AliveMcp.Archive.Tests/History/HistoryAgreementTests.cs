using System.Globalization;
using System.Text.Json;
using AliveMcp.Archive.History;
using AliveMcp.Archive.Status;
using AliveMcp.Testing.History;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Archive.Tests.History;

/// <summary>Days, uptime, minutes, changes and status say over HTTP what the model of the generated histories says.</summary>
public sealed class HistoryAgreementTests(ToldHistory told) : IClassFixture<ToldHistory>
{
    private static readonly MinuteStamp Until = ToldHistory.Until;

    [Fact]
    public async Task Every_day_says_what_the_model_says()
    {
        foreach (var story in told.Stories)
        {
            var answer = await told.JsonAsync($"servers/{ToldHistory.Slug(story)}/days?last=42");
            var days = answer.GetProperty("days").EnumerateArray().ToList();

            Assert.Equal(42, days.Count);
            foreach (var day in days)
            {
                var at = DateOnly.ParseExact(
                    day.GetProperty("day").GetString()!,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture
                );
                var window = Window.Of(at);
                var model = story.Window(window.From, window.To);
                Assert.Equal(Weights(model), Weights(day));
                Assert.Equal(model.Uptime, Percent(day));
                if (window.To <= Until)
                {
                    Assert.Equal(model.Unknown, day.GetProperty("unknown_minutes").GetInt32());
                    Assert.Equal(
                        model.Shown is { } shown ? StateWords.Word(shown) : null,
                        day.GetProperty("shown").GetString()
                    );
                }
            }
        }
    }

    [Fact]
    public async Task Uptime_of_any_window_is_exact_to_the_minute()
    {
        var random = new Random(20_280_229);
        foreach (var story in told.Stories)
        {
            for (var round = 0; round < 6; round++)
            {
                var from = ToldHistory.Shape.From + random.Next(-1_000, 39 * 1440);
                var to = from + random.Next(1, round < 3 ? 300 : 20 * 1440);
                to = to > Until ? Until : to;
                if (to <= from)
                {
                    continue;
                }

                var answer = await told.JsonAsync(Uptime(story, from, to));
                var model = story.Window(from, to);
                Assert.Equal(Weights(model), Weights(answer));
                Assert.Equal(model.Uptime, Percent(answer));
                Assert.Equal(from.ToString(), answer.GetProperty("from").GetString());
            }
        }
    }

    [Fact]
    public async Task Within_a_day_what_is_unknown_is_exact_to_the_minute_however_a_window_cuts_verdicts()
    {
        var random = new Random(7);
        foreach (var story in told.Stories)
        {
            for (var round = 0; round < 4; round++)
            {
                var day = (Until.Value / 1440) - random.Next(1, 38);
                var first = random.Next(1, 1_300);
                var (from, to) = (
                    new MinuteStamp((day * 1440) + first),
                    new MinuteStamp((day * 1440) + random.Next(first + 1, 1_440))
                );

                var answer = await told.JsonAsync(Uptime(story, from, to));

                Assert.Equal(Unknown(story, from, to), answer.GetProperty("unknown_minutes").GetInt32());
            }
        }
    }

    [Fact]
    public async Task A_leap_day_a_month_and_their_days_agree()
    {
        var (february, march) = (new DateOnly(2028, 2, 1), new DateOnly(2028, 3, 1));
        foreach (var story in told.Stories.Take(8))
        {
            var month = await told.JsonAsync(Uptime(story, MinuteStamp.Of(february), MinuteStamp.Of(march)));
            var answer = await told.JsonAsync($"servers/{ToldHistory.Slug(story)}/days?last=29&to=2028-02-29");
            var days = answer.GetProperty("days").EnumerateArray().ToList();

            Assert.Equal("2028-02-29", days[^1].GetProperty("day").GetString());
            Assert.Equal("2028-02-01", days[0].GetProperty("day").GetString());
            foreach (
                var field in (string[])
                    ["live_minutes", "degraded_minutes", "down_minutes", "unknown_minutes", "maintenance_minutes"]
            )
            {
                Assert.Equal(days.Sum(day => day.GetProperty(field).GetInt32()), month.GetProperty(field).GetInt32());
            }
        }
    }

    [Fact]
    public async Task Pages_of_minutes_hold_each_minute_once()
    {
        foreach (var story in told.Stories)
        {
            var (from, to) = (Until - (3 * 1440) - 17, Until - 61);
            var seen = new List<string>();
            for (var next = to.ToString(); next is not null; )
            {
                var page = await told.JsonAsync(
                    $"servers/{ToldHistory.Slug(story)}/minutes?from={from}&to={next}&last=1440"
                );
                seen.AddRange(page.GetProperty("minutes").EnumerateArray().Select(Line));
                next = page.GetProperty("next").GetString();
            }

            var model = story
                .Minutes(from, to)
                .Reverse()
                .Select(verdict =>
                    $"{verdict.Minute} {StateWords.Word(verdict.State)} {WhyWords.Word(verdict.Why)} {verdict.Plan.Weight} {verdict.Plan.Maintenance}"
                );
            Assert.Equal(model, seen);
        }
    }

    [Fact]
    public async Task The_newest_minutes_are_found_at_every_cadence()
    {
        foreach (var story in told.Stories)
        {
            var page = await told.JsonAsync($"servers/{ToldHistory.Slug(story)}/minutes?last=70");

            var model = story
                .Minutes(ToldHistory.Shape.From, Until)
                .TakeLast(70)
                .Reverse()
                .Select(verdict => verdict.Minute.ToString());
            Assert.Equal(
                model,
                page.GetProperty("minutes").EnumerateArray().Select(line => line.GetProperty("minute").GetString())
            );
        }
    }

    [Fact]
    public async Task Changes_hold_every_known_minute_and_alternate()
    {
        foreach (var story in told.Stories)
        {
            var (from, to) = (Until - (30 * 1440), Until);
            var answer = await told.JsonAsync($"servers/{ToldHistory.Slug(story)}/changes?from={from}&to={to}");
            var changes = answer.GetProperty("changes").EnumerateArray().Reverse().ToList();
            var known = story.Minutes(from, to).Where(verdict => verdict.State != ServerState.Unknown).ToList();

            Assert.Equal(
                known.Sum(verdict => verdict.Plan.Weight),
                changes.Sum(change => change.GetProperty("minutes").GetInt32())
            );
            Assert.All(changes.Zip(changes.Skip(1)), pair => Assert.NotEqual(State(pair.First), State(pair.Second)));
            Assert.All(
                changes,
                change => Assert.Equal(Inside(change, known), change.GetProperty("minutes").GetInt32())
            );
        }
    }

    [Fact]
    public async Task Status_and_uptime_say_the_same_percents()
    {
        var statuses = told.Api.Services.GetRequiredService<StatusQueries>();
        foreach (var story in told.Stories)
        {
            var status = await statuses.GetAsync(story.Server, TestContext.Current.CancellationToken);
            var answer = await told.JsonAsync($"servers/{ToldHistory.Slug(story)}/status");
            var hour24 = new MinuteStamp((Until.Hour - 24) * 60);
            var day30 = new MinuteStamp(((Until.Value / 1440) - 30) * 1440);

            Assert.Equal(status.Uptime30d, Percent(answer, "uptime_30d_pct"));
            Assert.Equal(story.Window(hour24, Until).Uptime, status.Uptime24h);
            Assert.Equal(story.Window(day30, Until).Uptime, status.Uptime30d);
            Assert.Equal(status.Uptime30d, Percent(await told.JsonAsync(Uptime(story, day30, Until))));
            Assert.Equal(StateWords.Word(status.State), answer.GetProperty("state").GetString());
        }
    }

    [Fact]
    public async Task A_page_in_one_statement_shows_what_its_parts_show_one_by_one()
    {
        var pages = told.Api.Services.GetRequiredService<ServerPages>();
        var history = told.Api.Services.GetRequiredService<ServerHistory>();
        var runs = told.Api.Services.GetRequiredService<MinuteQueries>();
        var lastDay = new Window(Until - 1440, Until);
        foreach (var story in told.Stories)
        {
            var page = await pages.OfAsync(story.Server, 40, null, TestContext.Current.CancellationToken);
            var latency = await history.LatencyAsync(story.Server, 24, TestContext.Current.CancellationToken);

            Assert.Equal(await history.DaysAsync(story.Server, 40, TestContext.Current.CancellationToken), page.Days);
            Assert.Equal(
                latency.Select(point => (point.From, point.P50Ms, point.P95Ms)),
                page.Latency.Select(point => (point.From, point.P50Ms, point.P95Ms))
            );
            var minutes = story.Minutes(new MinuteStamp((Until.Hour - 2) * 60), Until).Reverse();
            Assert.Equal(minutes.Select(verdict => verdict.Minute), page.Minutes.Select(row => row.Minute));
            Assert.Equal(
                await runs.ChangesAsync(story.Server, lastDay, TestContext.Current.CancellationToken),
                page.LastDay
            );
        }
    }

    private static string Uptime(ServerStory story, MinuteStamp from, MinuteStamp to) =>
        $"servers/{ToldHistory.Slug(story)}/uptime?from={from}&to={to}";

    private static (int, int, int, int) Weights(StoryWindow model) =>
        (model.Live, model.Degraded, model.Down, model.Maintenance);

    private static (int, int, int, int) Weights(JsonElement answer) =>
        (
            answer.GetProperty("live_minutes").GetInt32(),
            answer.GetProperty("degraded_minutes").GetInt32(),
            answer.GetProperty("down_minutes").GetInt32(),
            answer.GetProperty("maintenance_minutes").GetInt32()
        );

    private static decimal? Percent(JsonElement answer, string field = "uptime_pct") =>
        answer.GetProperty(field) is { ValueKind: JsonValueKind.Number } percent ? percent.GetDecimal() : null;

    private static string State(JsonElement change) => change.GetProperty("state").GetString()!;

    private static string Line(JsonElement line) =>
        $"{line.GetProperty("minute").GetString()} {State(line)} {line.GetProperty("failure_reason").GetString()} {line.GetProperty("weight").GetInt32()} {line.GetProperty("maintenance").GetBoolean()}";

    private static int Inside(JsonElement change, List<VerdictMinute> known)
    {
        Assert.True(MinuteStamp.TryParse(change.GetProperty("from").GetString(), out var from));
        var to = MinuteStamp.TryParse(change.GetProperty("to").GetString(), out var end) ? end : Until + 60;
        var inside = known.Where(verdict => verdict.Minute >= from && verdict.Minute < to).ToList();
        Assert.All(inside, verdict => Assert.Equal(State(change), StateWords.Word(verdict.State)));
        return inside.Sum(verdict => verdict.Plan.Weight);
    }

    /// <summary>Watched minutes of the window for which no verdict that knows something stands; at least what was sealed as unknown inside.</summary>
    private static int Unknown(ServerStory story, MinuteStamp from, MinuteStamp to)
    {
        var verdicts = story.Minutes(from - 60, to).ToList();
        var known = verdicts
            .Where(verdict => verdict.State != ServerState.Unknown || verdict.Plan.Maintenance)
            .ToList();
        var missing = Enumerable
            .Range(from.Value, to - from)
            .Count(minute =>
                story.Watched.Any(span => minute >= span.From.Value && minute < (span.To?.Value ?? int.MaxValue))
                && !known.Any(verdict =>
                    minute >= verdict.Minute.Value && minute < verdict.Minute.Value + verdict.Plan.Weight
                )
            );
        return Math.Max(missing, story.Window(from, to).SealedUnknown);
    }
}
