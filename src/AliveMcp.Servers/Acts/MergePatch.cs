using System.Text.Json.Nodes;

namespace AliveMcp.Servers.Acts;

/// <summary>RFC 7396: what a patch names replaces what is there, null takes it away, objects are patched member by member.</summary>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target is JsonObject known ? (JsonObject)known.DeepClone() : [];
        foreach (var (name, change) in changes)
        {
            if (change is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Apply(result[name], change);
            }
        }

        return result;
    }
}
