using AliveMcp.Testing.Storage;

namespace AliveMcp.Archive.Tests.Drift;

/// <summary>Of a server whose lists are new again and again, 20 are kept in a day.</summary>
public sealed class TooManyListsTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private const int KeptPerDay = 20;

    [Fact]
    public async Task More_new_lists_in_a_day_than_are_kept_are_called_unstable_once()
    {
        using var watched = new Watched(storage, 611);
        for (var at = 0; at < KeptPerDay; at++)
        {
            await watched.ShowAsync(ToolNamed($"search_{at}"));
        }

        foreach (var name in (string[])["search_one_more", "search_yet_another"])
        {
            await watched.ShowAsync(ToolNamed(name), isKept: false);
            watched.Pass(TimeSpan.FromMinutes(6));
            await watched.LookAsync();
        }

        Assert.Equal(
            Enumerable.Repeat("drift", KeptPerDay - 1).Append("contract_unstable"),
            (await watched.DeclaredAsync()).Select(drift => drift.Kind)
        );
    }

    private static string ToolNamed(string name) => $$"""{"name":"{{name}}","inputSchema":{"type":"object"} }""";
}
