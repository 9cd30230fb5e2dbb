using System.Text.Json;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Pages;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Testing.History;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Tests.Pages;

/// <summary>The ninety bars of a page, and the figures of the embed, say what the model of a generated history says: every cadence, every state.</summary>
public sealed class HistoryAgreementTests : IAsyncLifetime
{
    private const int Servers = 14;
    private readonly Site _site = new();
    private readonly List<(ListedServer Listed, ServerStory Story)> _all = [];

    private static HistoryShape Shape { get; } = new() { Until = Site.Newest + 1, Days = 95 };

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        var teller = new Storyteller(Shape);
        for (var number = 1; number <= Servers; number++)
        {
            var listed = await _site.ListAsync($"told-{number}");
            _all.Add((listed, teller.Tell(listed.Key)));
        }

        var grains = new HistoryGrains { HoursOfDays = 35 };
        await new HistoryWriter(_site.Storage.Doors).WriteAsync(
            [.. _all.Select(one => one.Story)],
            grains,
            CancellationToken.None
        );
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_ninety_bars_and_the_embed_agree_with_the_model()
    {
        foreach (var (listed, story) in _all)
        {
            var page = await _site.PageAsync($"/status/{listed.PublicSlug}");
            var embed = JsonDocument.Parse(await _site.GetAsync($"/api/embed-status/{listed.PublicSlug}")).RootElement;

            var rows = page.QuerySelectorAll("details table tbody tr")
                .Select(row => row.Children.Select(cell => cell.Words()).ToArray())
                .ToDictionary(cells => cells[0]);
            Assert.Equal(
                90,
                page.QuerySelectorAll("svg.bars path").Count(path => path.QuerySelector("title") is not null)
            );
            Assert.All(Enumerable.Range(1, 89), back => Assert.Equal(Row(story, back), rows[Row(story, back)[0]]));

            var day30 = new MinuteStamp(((Site.Newest.Value / 1440) - 30) * 1440);
            var hour24 = new MinuteStamp((Site.Newest.Hour - 24) * 60);
            Assert.Equal(story.Window(day30, Shape.Until).Uptime, Percent(embed, "uptime_30d"));
            Assert.Equal(story.Window(hour24, Shape.Until).Uptime, Percent(embed, "uptime_24h_pct"));
        }
    }

    private static string[] Row(ServerStory story, int back)
    {
        var day = Site.Newest.Day.AddDays(-back);
        var model = story.Window(MinuteStamp.Of(day), MinuteStamp.Of(day.AddDays(1)));
        return
        [
            Figures.ShortDay(day),
            DayWords.Label(new Archive.History.DayBar { Day = day, Shown = model.Shown }),
            Figures.Percent(model.Uptime),
            Figures.Span(model.Degraded),
            Figures.Span(model.Down),
            Figures.Span(model.Unknown + model.Maintenance),
        ];
    }

    private static decimal? Percent(JsonElement answer, string field) =>
        answer.GetProperty(field) is { ValueKind: JsonValueKind.Number } percent ? percent.GetDecimal() : null;
}
