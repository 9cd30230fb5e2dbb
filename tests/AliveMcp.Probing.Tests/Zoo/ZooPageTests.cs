using System.Text;
using AliveMcp.Testing.Zoo;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Tests.Zoo;

/// <summary>Holds <c>docs/zoo.md</c> against the zoo: each reason with the animals that prove it.</summary>
public sealed class ZooPageTests
{
    // Reasons of the minute, of the history and of our own fleet: no single probe gives them.
    private static readonly Why[] NotOfAProbe =
    [
        Why.None,
        Why.SchemaDrift,
        Why.Regional,
        Why.Unconfirmed,
        Why.AuthInconsistent,
        Why.NobodyLooked,
        Why.HostBusy,
        Why.RegionInDoubt,
        Why.CellKilled,
        Why.TenantThrottled,
        Why.CellBusy,
        // Given before the conversation begins: OwnerLookTests.
        Why.WatchDeclined,
    ];

    [Fact]
    public void Every_reason_that_a_probe_can_give_is_proved_by_an_animal() =>
        Assert.Empty(Enum.GetValues<Why>().Except(NotOfAProbe).Except(WireZoo.All.Select(animal => animal.Why)));

    [Fact]
    public async Task The_page_says_what_the_zoo_says()
    {
        var page = Path.Combine(Root(), "docs", "zoo.md");
        var due = Page();

        // To bring the page up to date, delete it, run this test and look at the difference.
        if (!File.Exists(page))
        {
            await File.WriteAllTextAsync(page, due, TestContext.Current.CancellationToken);
            Assert.Fail("The page was not there; it is now.");
        }

        Assert.Equal(due, await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }

    private static string Page()
    {
        var text = new StringBuilder();
        text.Append(
            $"""
            # The zoo

            {WireZoo.All.Count} servers, well and unwell, each on a real socket, and what one probe has to say of them. A test visits all of them (`WireZooTests`);
            `dotnet run -c Release --project tests/AliveMcp.Bench -- zoo` prints every one with its verdict, its layer and its time.

            | reason | state | layer | proved by |
            |---|---|---|---|

            """
        );
        var reasons = WireZoo
            .All.GroupBy(animal => (animal.Why, animal.State, animal.Layer))
            .OrderBy(group => group.Key.Why)
            .ThenBy(group => group.Key.State)
            .ThenBy(group => group.Key.Layer, StringComparer.Ordinal);
        foreach (var group in reasons)
        {
            var names = string.Join(
                "; ",
                group.Select(animal => animal.Name.Replace("|", "\\|", StringComparison.Ordinal))
            );
            var reason = WhyWords.Word(group.Key.Why) is { } word ? $"`{word}`" : "-";
            text.Append($"| {reason} | {StateWords.Word(group.Key.State)} | {group.Key.Layer ?? "-"} | {names} |\n");
        }

        return text.ToString();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AliveMcp.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
