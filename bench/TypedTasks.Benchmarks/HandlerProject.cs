using System.Globalization;
using System.Text;

namespace TypedTasks.Benchmarks;

/// <summary>A project of as many handlers as one likes: what the cost of the analysis is measured with, here and by the bench.</summary>
internal static class HandlerProject
{
    /// <summary>Writes the files into a folder.</summary>
    public static void Save(int handlers, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string path, string text) in Write(handlers))
        {
            File.WriteAllText(Path.Combine(folder, path), text);
        }
    }

    /// <summary>Contracts of ten tasks, each with a handler whose effect is five helpers away, one of which all share.</summary>
    public static IEnumerable<(string Path, string Text)> Write(int handlers)
    {
        yield return ("Api.cs", """
            using System.Net.Http;

            namespace Shop;

            public sealed class Api(HttpClient http)
            {
                public async Task<string> PostAsync(string path, string body)
                {
                    using HttpResponseMessage response = await http.PostAsync(path, new StringContent(body));
                    response.EnsureSuccessStatusCode();
                    return await response.Content.ReadAsStringAsync();
                }
            }
            """);
        for (int i = 0; i < handlers; i += 10)
        {
            StringBuilder contract = new();
            StringBuilder worker = new();
            StringBuilder helpers = new();
            for (int task = i; task < i + 10; task++)
            {
                contract.AppendLine(CultureInfo.InvariantCulture, $"    [Task, Idempotent] Task Run{task}Async(Guid id, string[] names, CancellationToken cancellationToken = default);");
                worker.AppendLine(CultureInfo.InvariantCulture, $$"""
                        public async Task Run{{task}}Async(Guid id, string[] names, CancellationToken cancellationToken)
                        {
                            List<string> kept = [];
                            foreach (string name in names)
                            {
                                if (name.Length > 3 && !kept.Contains(name))
                                {
                                    kept.Add(name.Trim().ToUpperInvariant());
                                }
                            }

                            decimal total = kept.Select((name, index) => (decimal)name.Length * index).Sum();
                            string text = $"{id:N}:{total}:{string.Join(',', kept)}";
                            await helper.First{{task}}(id, text);
                        }

                    """);
                helpers.AppendLine(CultureInfo.InvariantCulture, $$"""
                        public Task First{{task}}(Guid id, string text) => Second{{task}}($"/{id}", text);

                        private async Task Second{{task}}(string path, string text)
                        {
                            string body = text.Length > 10 ? text[..10] : text;
                            for (int i = 0; i < body.Length; i++)
                            {
                                if (body[i] == ' ')
                                {
                                    body = body.Replace(' ', '-');
                                }
                            }

                            await Third{{task}}(path + "/" + body, body);
                        }

                        private async Task Third{{task}}(string path, string text) => await Fourth{{task}}(new Uri(path, UriKind.Relative), text);

                        private Task<string> Fourth{{task}}(Uri path, string text) => api.PostAsync(path.ToString(), text);

                    """);
            }

            yield return ($"Group{i}.cs", $$"""
                namespace Shop;

                [TaskContract]
                public interface IGroup{{i}}
                {
                {{contract}}
                }

                public sealed class Helper{{i}}(Api api)
                {
                {{helpers}}
                }

                public sealed class Group{{i}}(Helper{{i}} helper) : IGroup{{i}}
                {
                {{worker}}
                }
                """);
        }
    }
}
