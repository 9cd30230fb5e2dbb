using System.Text;
using System.Text.RegularExpressions;
using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Servers.Objectives;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads one entry of the servers file and collects everything that is wrong with it.</summary>
internal static partial class EntryReader
{
    private const string Missing = "is missing; every server has a slug and a url";
    private const int MaxName = 120;
    private const int MaxTags = 20;
    private const int MaxTag = 40;
    private const int MaxTools = 500;
    private const int MaxTool = 128;
    private const int MaxCalls = 10;
    private const int MaxRegions = 32;
    private const int MaxRegion = 32;
    private const int MaxWindows = 50;
    private const int MaxSlug = 63;

    /// <summary>The entry; null when anything about it is wrong, which <paramref name="problems"/> then holds.</summary>
    public static FileEntry? Read(FileNode node, int index, List<Problem> problems)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"servers[{index}]");
        if (node is not FileMap map)
        {
            var message = $"{place} (line {node.Line}) is {node.Kind}; write a mapping with at least slug and url.";
            problems.Add(new Problem("entry_invalid", message, place));
            return null;
        }

        var before = problems.Count;
        var entry = Read(new MapReader(map, place, WhoIs(map, place), problems));
        return problems.Count == before ? entry : null;
    }

    /// <summary>The body of a request that is one server; null when anything about it is wrong, which <paramref name="problems"/> then holds.</summary>
    public static FileEntry? ReadBody(FileNode node, List<Problem> problems)
    {
        if (node is not FileMap map)
        {
            problems.Add(
                new Problem("body_invalid", $"The body is {node.Kind}; send an object with at least slug and url.")
            );
            return null;
        }

        var before = problems.Count;
        var entry = Read(new MapReader(map, place: "", who: "", problems));
        return problems.Count == before ? entry : null;
    }

    private static FileEntry Read(MapReader reader)
    {
        reader.RefuseUnknownKeys(FileWords.Entry, "a server");
        var slug = Slug(reader);
        var url = UrlReader.Read(reader, Missing);
        return new FileEntry
        {
            Place = reader.Place,
            Slug = slug ?? "",
            Name = reader.Text("name", MaxName) ?? slug ?? "",
            Url = url!,
            Tags = reader.Texts("tags", MaxTags, MaxTag),
            Transport = reader.OneOf("transport", FileWords.Transports, McpTransport.Auto),
            Expects = reader.OneOf("expects", FileWords.Expectations, ProtectionExpectation.Auto),
            ExpectedTools = reader.Texts("expected_tools", MaxTools, MaxTool),
            TestCalls = [.. reader.Maps("test_calls", MaxCalls).Select(TestCallReader.Read)],
            Health = reader.Map("health") is { } health ? HealthReader.Read(health) : null,
            Timeout = DurationReader.Read(reader, "timeout", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)),
            SlowAfter = DurationReader.Read(
                reader,
                "slow_after",
                TimeSpan.FromMilliseconds(100),
                TimeSpan.FromSeconds(30)
            ),
            Regions = Regions(reader),
            Visibility = reader.OneOf("visibility", FileWords.Visibilities, Visibility.Public),
            Cadence = CadenceReader.Read(reader),
            Watch = reader.OneOf("watch", FileWords.Flags, true),
            Objective = ObjectiveReader.Read(reader),
            Alerts = AlertSettingsReader.Read(reader),
            DependsOn = [.. reader.Texts("depends_on", DependencyRule.Most, MaxSlug).Order(StringComparer.Ordinal)],
            Maintenance =
            [
                .. reader
                    .Maps("maintenance", MaxWindows)
                    .Select(MaintenanceReader.Read)
                    .OfType<MaintenanceSpan>()
                    .OrderBy(span => span.From)
                    .ThenBy(span => span.To),
            ],
        };
    }

    /// <summary>Which regions there are, the install knows and not the file.</summary>
    private static string[] Regions(MapReader reader)
    {
        var names = reader.Texts("regions", MaxRegions, MaxRegion);
        foreach (var wrong in names.Where(name => !Region.TryParse(name, out _) && name.Length is > 0 and <= MaxRegion))
        {
            reader.Refuse(
                "regions_invalid",
                "regions",
                reader.Field("regions")!.Line,
                $"'{SafeText.Of(wrong, 60)}' is no name of a region: a-z, 0-9 and -, for example us-east"
            );
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static string WhoIs(FileMap map, string place) =>
        map.Fields.FirstOrDefault(field => field.Key.Text == "slug").Value is FileScalar { IsNothing: false } slug
            ? $"{place} \"{SafeText.Of(slug.Text, 63)}\""
            : place;

    private static string? Slug(MapReader reader)
    {
        if (reader.Required("slug", Missing) is not { } scalar)
        {
            return null;
        }

        if (SlugShape().IsMatch(scalar.Text))
        {
            return scalar.Text;
        }

        var near = Slugify(scalar.Text);
        var example = near.Length > 0 ? $", for example '{near}'" : "";
        var shown = SafeText.Of(scalar.Text, 80);
        reader.Refuse("slug_invalid", "slug", scalar.Line, $"'{shown}' is not 1 to 63 of a-z, 0-9 and -{example}");
        return null;
    }

    private static string Slugify(string text)
    {
        var slug = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString(0, Math.Min(slug.Length, 63)).TrimEnd('-');
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SlugShape();
}
