import { listTasks } from "../lib/server/releases.ts";
import { HomeView } from "./home-view.tsx";

/** Home: a place for anything, and the tasks that have a release. */
export default async function HomePage() {
  const tasks = await listTasks();
  return (
    <HomeView
      tasks={tasks.map(({ task, releases: [first] }) => ({
        task,
        title: first!.title,
        classes: first!.classes,
        takes: first!.input.kind,
        top1: first!.metrics.top1.value,
        testedOn: first!.metrics.n,
      }))}
    />
  );
}
