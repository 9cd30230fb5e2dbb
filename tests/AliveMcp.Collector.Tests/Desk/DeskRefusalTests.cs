using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using AliveMcp.Collector.Fleet;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Collector.Tests.Desk;

/// <summary>Whatever the desk refuses is counted by its word and told in a sentence.</summary>
public sealed class DeskRefusalTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Theory]
    [InlineData("lease", "not json", 400, "malformed")]
    [InlineData("lease", """{"prober":"with space"}""", 400, "prober")]
    [InlineData("lease", """{"prober":"p","lane":"fast"}""", 400, "lane")]
    [InlineData("results", "[]", 400, "malformed")]
    [InlineData("results", """{"prober":"p"}""", 400, "malformed")]
    [InlineData("steps", "garbage", 400, "malformed")]
    [InlineData(
        "steps",
        """{"prober":"p","look":"x","server":"2/1","region":"us-east","signature":"s"}""",
        403,
        "signature"
    )]
    public async Task What_cannot_be_taken_is_named(string path, string body, int status, string why) =>
        Assert.Equal((status, why), await PostAsync(house.East, path, body));

    [Fact]
    public async Task A_batch_of_ten_thousand_reports_is_refused()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East);
        var report = DeskHouse.Report(await house.LeaseOneAsync(house.East));
        var batch = new ReportBatch(DeskHouse.Prober, [.. Enumerable.Repeat(report, 10_000)]);

        var refused = await PostAsync(
            house.East,
            "results",
            System.Text.Json.JsonSerializer.Serialize(batch, DeskJson.Default.ReportBatch)
        );

        Assert.Equal((413, "too_many_reports"), refused);
        Assert.Equal(new ReportAnswer(1, 0, 0), await DeskHouse.ReportAsync(house.East, report));
    }

    [Fact]
    public async Task A_body_past_its_limit_is_refused_with_an_answer() =>
        Assert.Equal((413, "too_large"), await PostAsync(house.East, "results", new string(' ', 9 * 1024 * 1024)));

    [Fact]
    public async Task A_token_that_was_rotated_away_is_refused()
    {
        var region = Region.Of("rotated");
        var register = house.Get<RegionRegister>();
        var added = await register.AddAsync(region, "Ashburn", null, CancellationToken.None);
        Assert.True(added.TryGet(out var first));
        var rotated = await register.RotateAsync(region, atOnce: true, CancellationToken.None);
        Assert.True(rotated.TryGet(out var second));
        using var old = house.Client(first);
        using var current = house.Client(second);
        const string lease = """{"prober":"p"}""";

        Assert.Equal((401, "token"), await PostAsync(old, "lease", lease));
        Assert.Equal((200, ""), await PostAsync(current, "lease", lease));
    }

    [Fact]
    public async Task A_batch_that_is_replayed_changes_nothing()
    {
        var server = await house.WatchAsync();
        await house.OpenAsync(server, Sample.East, Sample.West);
        var report = DeskHouse.Report(await house.LeaseOneAsync(house.East));
        await DeskHouse.ReportAsync(house.East, report);

        var down = report with { Attempts = [Sample.Attempt(ServerState.Down, Why.ConnectionRefused)] };
        var again = await DeskHouse.ReportAsync(house.East, down, report);

        Assert.Equal(new ReportAnswer(2, 0, 0), again);
        Assert.Empty(
            await house.RowsAsync<int>(
                "SELECT 1 FROM collector.evidence WHERE server_id = @id",
                new { id = server.Server.Value }
            )
        );
        await DeskHouse.LeaseAsync(house.West);
    }

    /// <summary>The answer, and the word by which the desk counted it; "" when it counted nothing.</summary>
    private async Task<(int Status, string Why)> PostAsync(HttpClient prober, string path, string body)
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (house.Get<CollectorMeter>().Owns(instrument) && instrument.Name == "alivemcp.desk.refused")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Enqueue((string)tags[0].Value!));
        listener.Start();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await prober.PostAsync(path, content);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            var problem = await answer.Content.ReadFromJsonAsync<Dictionary<string, object>>();
            Assert.Equal("desk_" + Assert.Single(counted), problem!["code"].ToString());
            Assert.NotEmpty(problem["detail"].ToString()!);
        }

        return ((int)answer.StatusCode, string.Concat(counted));
    }
}
