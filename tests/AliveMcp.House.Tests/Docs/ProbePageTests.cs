using System.Globalization;
using System.Text.RegularExpressions;
using AliveMcp.House.Tests.Sources;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.House.Tests.Docs;

/// <summary><c>docs/probe.md</c> is linked to from outside: its tables say what the program says.</summary>
public sealed partial class ProbePageTests
{
    private static readonly string[] Lines = Tree.Read("docs/probe.md").Split('\n');

    [Fact]
    public void Every_reason_stands_there_as_the_program_tells_it()
    {
        var expected = Enum.GetValues<Why>()
            .Where(why => why != Why.None)
            .Select(why =>
                $"| {WhyWords.Layer(why, null)} | `{WhyWords.Word(why)}` | {StateWords.Word(WhyWords.Outcome(why))} | {WhyWords.Sentence(why)} | {WhyRemedies.Of(why)} |"
            )
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(expected, row => Assert.Contains(row, Lines));
        Assert.Equal(expected.Count, TableBelow("| layer | reason |").Count);
    }

    [Fact]
    public void Every_limit_stands_there_with_its_default()
    {
        var limits = new ProbeLimits();
        var expected = typeof(ProbeLimits)
            .GetProperties()
            .Where(property => property.PropertyType == typeof(int) || property.PropertyType == typeof(TimeSpan))
            .ToDictionary(property => property.Name, property => Spelled(property.Name, property.GetValue(limits)!));
        var told = TableBelow("| limit | default |")
            .Select(row => LimitRow().Match(row))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["value"].Value);

        Assert.Equal(expected, told);
    }

    [Fact]
    public void Every_word_of_the_door_stands_there()
    {
        Assert.Equal(
            Enum.GetValues<Access>().Where(access => access != Access.Unknown).Select(AccessWords.Word),
            Words(TableBelow("| access |"))
        );
        Assert.Equal(
            Enum.GetValues<VerifiedTo>().Where(depth => depth != VerifiedTo.Nothing).Select(AccessWords.Word),
            Words(TableBelow("| verified to |"))
        );
    }

    private static List<string> TableBelow(string head)
    {
        var at = Array.FindIndex(Lines, line => line.StartsWith(head, StringComparison.Ordinal));
        Assert.True(at >= 0, $"docs/probe.md has no table that begins with '{head}'.");
        return [.. Lines.Skip(at + 2).TakeWhile(line => line.StartsWith('|'))];
    }

    private static IEnumerable<string> Words(IEnumerable<string> rows) => rows.Select(row => row.Split('`')[1]);

    private static string Spelled(string name, object value) =>
        value is TimeSpan time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s")
        : name.EndsWith("Bytes", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{value} bytes")
        : string.Create(CultureInfo.InvariantCulture, $"{value}");

    [GeneratedRegex(@"^\| [^|]+ \| (?<value>[^|]+?) \| `ProbeLimits\.(?<name>\w+)` \|$")]
    private static partial Regex LimitRow();
}
