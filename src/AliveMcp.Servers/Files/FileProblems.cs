using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>The named ways in which a servers file is refused as a whole, or by what stands in the catalogue already.</summary>
internal static class FileProblems
{
    public static Problem TooLarge { get; } =
        new(
            "file_too_large",
            $"The servers file is larger than {FileReader.MaxLength / 1024} KiB; split it or shorten it."
        );

    public static Problem Empty { get; } =
        new("file_empty", "The servers file is empty. To watch nothing, write 'servers: []'.");

    public static Problem NoServers { get; } =
        new(
            "servers_missing",
            "The file has no 'servers:' list, and nothing else that is known. To watch nothing, write 'servers: []'.",
            "servers"
        );

    public static Problem NotWrapped { get; } =
        new(
            "body_invalid",
            "The body is no object of 'file', the text of the file, and 'secrets', an object of texts by reference, for example {\"env:OPS_URL\": \"https://…\"}."
        );

    public static Problem NoSuchPart(string key) =>
        new("part_unknown", $"This install knows nothing of '{key}'; leave it out.", key);

    public static Problem PartForbidden(string key) =>
        new(key + "_forbidden", $"You may not change {key}: leave them out of the file, or ask somebody who may.", key);

    public static Problem PartIsNoList(string key, FileNode node) =>
        new(key + "_invalid", $"Line {node.Line}: {key} is {node.Kind}; write a list, or '{key}: []' for none.", key);

    public static Problem ItemIsNoMap(string place, FileNode node) =>
        new("entry_invalid", $"{place} (line {node.Line}) is {node.Kind}; write a mapping with at least name.", place);

    public static Problem Unreadable(string path, string why) =>
        new("file_unreadable", $"The servers file {path} cannot be read: {why}");

    public static Problem NotAFile(FileNode root) =>
        new("file_invalid", $"The file holds {root.Kind}; it begins with 'servers:' and a list below it.");

    public static Problem UnknownTopKey(FileScalar key)
    {
        var name = SafeText.Of(key.Text, 60);
        return new(
            "key_unknown",
            $"Line {key.Line}: '{name}' is not known; {FileWords.Hint(key.Text, FileWords.Top)}.",
            name
        );
    }

    public static Problem ServersIsNoList(FileNode servers) =>
        new(
            "servers_invalid",
            $"Line {servers.Line}: servers is {servers.Kind}; write a list, or 'servers: []' to watch nothing.",
            "servers"
        );

    public static Problem TooMany(int count, int most) =>
        new("servers_invalid", $"The file has {count} servers; {most} are the most.", "servers");

    public static Problem Twin(FileEntry entry, int line, string first) =>
        new(
            "slug_twice",
            $"{entry.Who}, line {line}: slug '{entry.Slug}' is taken by {first} already; every server has its own.",
            entry.Field("slug")
        );

    public static Problem OtherList(FileEntry entry, string managedBy) =>
        new(
            "slug_taken",
            $"{entry.Who}: slug '{entry.Slug}' belongs to a server of the list '{managedBy}'; choose another.",
            entry.Field("slug")
        );

    public static Problem PrivateNotInPlan(FileEntry entry, string plan) =>
        new(
            "plan_private",
            $"{entry.Who}: visibility 'private' is not in the plan '{plan}'; write 'public'.",
            entry.Field("visibility")
        );

    public static Problem CadenceNotInPlan(FileEntry entry, int floor, string plan) =>
        new(
            "plan_cadence",
            $"{entry.Who}: cadence {entry.Cadence} is shorter than the plan '{plan}' has; write {Cadences.AtLeast(floor)} or longer.",
            entry.Field("cadence")
        );

    public static Problem PlanIsFull(int count, int most, string plan) =>
        new("plan_limit", $"That would be {count} servers; the plan '{plan}' has {most}.", "servers");

    public static Problem AddressClosed(FileEntry entry, string field, Uri url, string address, string kind) =>
        new(
            "address_not_allowed",
            $"{entry.Who}: {field} leads to {address}, a {kind} address, which is never dialled unless the install opens it (Egress:Allow, for example {address}/{(address.Contains(':', StringComparison.Ordinal) ? 128 : 32)}:{url.Port}).",
            entry.Field(field)
        );

    public static Problem DependencyUnknown(FileEntry entry, string slug) =>
        new(
            "depends_on_unknown",
            $"{entry.Who}: depends_on names '{SafeText.Of(slug, 63)}', and no such server is yours; write the slug of one that is.",
            entry.Field("depends_on")
        );

    public static Problem DependsOnItself(FileEntry entry) =>
        new(
            "depends_on_itself",
            $"{entry.Who}: depends_on names '{entry.Slug}', which is the server itself; leave it out.",
            entry.Field("depends_on")
        );

    /// <param name="way">From the entry round to itself.</param>
    public static Problem DependencyCycle(FileEntry entry, string way) =>
        new(
            "depends_on_cycle",
            $"{entry.Who}: depends_on goes round in a circle: {way}; leave one of them out.",
            entry.Field("depends_on")
        );

    public static Problem RegionUnknown(FileEntry entry, string name, string hint) =>
        new(
            "region_unknown",
            $"{entry.Who}: regions names '{name}', and there is no such region; {hint}.",
            entry.Field("regions")
        );
}
