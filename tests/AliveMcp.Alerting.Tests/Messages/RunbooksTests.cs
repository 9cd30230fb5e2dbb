using System.Runtime.CompilerServices;
using AliveMcp.Alerting.Doors;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Tests.Messages;

public sealed class RunbooksTests
{
    [Fact]
    public void Every_reason_has_a_page_that_names_it_and_the_index_leads_there()
    {
        var index = File.ReadAllText(Path.Combine(Folder(), "README.md"));
        foreach (var why in Enum.GetValues<Why>().Where(why => why != Why.None))
        {
            var (word, page) = (WhyWords.Word(why), Runbooks.PageOf(why));

            Assert.Contains($"`{word}`", TextOf(page), StringComparison.Ordinal);
            Assert.Contains($"| `{word}` | [", index, StringComparison.Ordinal);
            Assert.Contains(
                $"({page}.md) |",
                index.Split($"| `{word}` |")[1].Split('\n')[0] + "",
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Every_kind_of_alert_has_a_page_that_names_it()
    {
        foreach (var kind in Enum.GetValues<AlertKind>())
        {
            Assert.Contains($"`{kind.Word()}`", TextOf(Runbooks.PageOf(kind, Why.None)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_page_names_what_does_not_exist_and_an_install_serves_them_all()
    {
        var files = Directory.GetFiles(Folder(), "*.md").Select(path => Path.GetFileNameWithoutExtension(path)!);

        Assert.Equal(files.Where(name => name != "README").Order(), RunbookEndpoints.All.Order());
        foreach (var page in RunbookEndpoints.All)
        {
            foreach (var word in WordsOf(TextOf(page), "Reasons: "))
            {
                Assert.True(WhyWords.TryParse(word, out var why), word);
                Assert.Equal(page, Runbooks.PageOf(why));
            }

            Assert.All(
                WordsOf(TextOf(page), "Alerts: "),
                word => Assert.True(AlertWords.TryParse(word, out AlertKind _), word)
            );
        }
    }

    private static IEnumerable<string> WordsOf(string text, string line) =>
        text.Split('\n')
            .Where(row => row.StartsWith(line, StringComparison.Ordinal))
            .SelectMany(row => row[line.Length..].Split(", "))
            .Select(word => word.Trim('`', ' '));

    private static string TextOf(string page) => File.ReadAllText(Path.Combine(Folder(), page + ".md"));

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "runbooks");
}
