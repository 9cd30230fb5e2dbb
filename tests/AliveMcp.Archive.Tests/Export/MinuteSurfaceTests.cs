using AliveMcp.Archive.Export;
using AliveMcp.Storage.Export;
using AliveMcp.Testing.Minutes;
using AliveMcp.Testing.Storage;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Tests.Export;

public sealed class MinuteSurfaceTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_hour_that_closes_while_an_export_is_written_is_in_it_once()
    {
        using var archiver = new Archiver(storage, Times.Clock());
        var server = Verdicts.Local(1);
        var first = new MinuteStamp(Times.NoonMinute.Hour * 60);
        await archiver.KeepAsync(Enumerable.Range(0, 60).Select(i => Verdicts.Live(server, first + i)));
        archiver.Clock.Advance(TimeSpan.FromMinutes(62));
        await archiver.PackAsync();
        await archiver.KeepAsync(Enumerable.Range(60, 60).Select(i => Verdicts.Live(server, first + i)));

        await using var session = await storage.Doors.OpenAsync(server.Tenant, Cancelled);
        var ask = new ExportAsk(session, first.Value, first.Value, first.Value + 180);
        var minutes = new List<string>();
        await foreach (var row in MinuteSurface.Create().Rows(ask, Cancelled))
        {
            minutes.Add((string)row[1]!);
            if (minutes.Count == 1)
            {
                archiver.Clock.Advance(TimeSpan.FromHours(1));
                await archiver.PackAsync();
            }
        }

        Assert.Equal(Enumerable.Range(0, 120).Select(i => (first + i).ToString()), minutes);
    }
}
